package dev.elbow.detector;

import dev.elbow.detector.metrics.Health;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the stream is, for health and metrics, from before it is made until after it has ended. */
final class StreamsWatch {

  private static final Logger LOG = LoggerFactory.getLogger(StreamsWatch.class);

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Duration patience;
  private volatile @Nullable KafkaStreams streams;
  private volatile boolean failed;
  private volatile boolean clockSetBack;
  private volatile long runningSince = System.nanoTime();
  private volatile Supplier<String> starting =
      () -> "starting: the bundle is loaded and the brokers are asked about topics";

  /** What the start waits for, until there is a stream. */
  void startWaitsFor(Supplier<String> what) {
    starting = what;
  }

  /**
   * @param patience how long the brokers may be silent
   */
  StreamsWatch(Duration patience) {
    this.patience = patience;
  }

  /** Watches a stream that has not been started. */
  void watch(KafkaStreams stream) {
    streams = stream;
    stream.setStateListener(
        (now, before) -> {
          if (now == State.RUNNING) {
            runningSince = System.nanoTime();
          }
          if (now == State.ERROR) {
            failed = true;
          }
          if (now == State.ERROR || now == State.NOT_RUNNING) {
            ended.countDown();
          }
        });
  }

  /**
   * Ready if the stream runs and the brokers answer; the only thing that needs a restart from
   * outside is its failure.
   */
  Health health() {
    KafkaStreams stream = streams;
    if (stream == null) {
      return new Health(true, List.of(starting.get()));
    }
    if (clockSetBack) {
      return new Health(false, List.of("the machine's clock was set back"));
    }
    State state = stream.state();
    return switch (state) {
      case RUNNING -> new Health(true, silence(stream));
      case CREATED -> new Health(true, List.of("starting"));
      case REBALANCING -> new Health(true, List.of("partitions are being assigned"));
      case PENDING_SHUTDOWN, NOT_RUNNING -> new Health(!failed, List.of("stopping"));
      case PENDING_ERROR, ERROR ->
          new Health(false, List.of("the stream has failed; the log says why"));
    };
  }

  /**
   * A running stream goes on asking for records when the brokers are gone and never says so; but
   * without a coordinator it sends no heartbeats.
   */
  private List<String> silence(KafkaStreams stream) {
    double sent = largest(stream, name -> name.name().equals("last-heartbeat-seconds-ago"));
    double running = (System.nanoTime() - runningSince) / 1e9;
    double seconds = sent >= 0 ? sent : running; // below 0 where none has been sent yet
    return seconds > patience.toMillis() / 1e3
        ? List.of("no heartbeat could be sent to the brokers for %.0f s".formatted(seconds))
        : List.of();
  }

  /** Records not yet read, of the partition with most; NaN while no partition is assigned. */
  double lag() {
    KafkaStreams stream = streams;
    return stream == null
        ? Double.NaN
        : largest(
            stream,
            name -> name.name().equals("records-lag") && name.tags().containsKey("partition"));
  }

  /** The largest value of all metrics chosen; NaN if there is none. */
  private static double largest(KafkaStreams stream, Predicate<MetricName> chosen) {
    return stream.metrics().values().stream()
        .filter(metric -> chosen.test(metric.metricName()))
        .map(Metric::metricValue)
        .filter(Double.class::isInstance)
        .mapToDouble(Double.class::cast)
        .max()
        .orElse(Double.NaN);
  }

  /** Says that the stream stands still because the machine's clock was set back. */
  void clockSetBack(Duration by) {
    LOG.error(
        "The machine's clock was set back by {} s, and Kafka's clients would wait for as long; the"
            + " detector stops and can be started again",
        by.toSeconds());
    clockSetBack = true;
    failed = true;
    ended.countDown();
  }

  /** Waits until the stream has ended; true if it failed. */
  boolean awaitEnd() throws InterruptedException {
    ended.await();
    return failed;
  }
}
