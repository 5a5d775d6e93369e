package dev.elbow.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/** Waits until the detector has committed all that was sent and its results have been read. */
final class Drain {

  private static final Duration INTERVAL = Duration.ofMillis(50);

  private final String bootstrapServers;
  private final String group;
  private final Results results;
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI metrics;
  private final Signal failed;

  /**
   * @param group the detector's consumer group, which reads one topic that began empty
   * @param metrics where the detector's metrics are
   * @param failed given when the detector can do no more
   */
  Drain(String bootstrapServers, String group, Results results, URI metrics, Signal failed) {
    this.bootstrapServers = bootstrapServers;
    this.group = group;
    this.results = results;
    this.metrics = metrics;
    this.failed = failed;
  }

  /**
   * Waits, and returns what the detector says it has done: once everything is done, or when the
   * patience is over or the detector has failed.
   *
   * @param sent how many observations there are in all partitions together
   * @throws IllegalStateException if the results can no longer be read
   */
  Counts await(long sent, Duration patience) throws InterruptedException, IOException {
    long end = System.nanoTime() + patience.toNanos();
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
      Counts counts = Counts.scrape(http, metrics);
      boolean over = false;
      while (!over && !(committed(admin) >= sent && allRead(counts))) {
        results.requireAlive();
        over = failed.await(INTERVAL) || System.nanoTime() >= end;
        counts = Counts.scrape(http, metrics);
      }
      return counts;
    }
  }

  private boolean allRead(Counts counts) {
    return results.count() >= counts.anomalous() + counts.rejected()
        && results.episodes() >= counts.episodes();
  }

  /** Offsets begin at 0 and have no gaps, so their sum is a number of observations. */
  private long committed(Admin admin) throws InterruptedException {
    try {
      return admin
          .listConsumerGroupOffsets(group)
          .partitionsToOffsetAndMetadata()
          .get()
          .values()
          .stream()
          .mapToLong(OffsetAndMetadata::offset)
          .sum();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the detector's progress cannot be read: " + e, e);
    }
  }
}
