package dev.elbow.detector;

import dev.elbow.detector.metrics.Health;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.jspecify.annotations.Nullable;

/** How the stream is, for health and metrics, from before it is made until after it has ended. */
final class StreamsWatch {

  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable KafkaStreams streams;
  private volatile boolean failed;

  /** Watches a stream that has not been started. */
  void watch(KafkaStreams stream) {
    streams = stream;
    stream.setStateListener(
        (now, before) -> {
          if (now == State.ERROR) {
            failed = true;
          }
          if (now == State.ERROR || now == State.NOT_RUNNING) {
            ended.countDown();
          }
        });
  }

  /** Ready if the stream runs; the only thing that needs a restart from outside is its failure. */
  Health health() {
    KafkaStreams stream = streams;
    if (stream == null) {
      return new Health(
          true, List.of("starting: the bundle is loaded and the brokers are asked about topics"));
    }
    State state = stream.state();
    return switch (state) {
      case RUNNING -> new Health(true, List.of());
      case CREATED -> new Health(true, List.of("starting"));
      case REBALANCING -> new Health(true, List.of("partitions are being assigned"));
      case PENDING_SHUTDOWN, NOT_RUNNING -> new Health(!failed, List.of("stopping"));
      case PENDING_ERROR, ERROR ->
          new Health(false, List.of("the stream has failed; the log says why"));
    };
  }

  /** Records not yet read, of the partition with most; NaN while no partition is assigned. */
  double lag() {
    KafkaStreams stream = streams;
    double most = Double.NaN;
    if (stream != null) {
      for (Metric metric : stream.metrics().values()) {
        if (isLag(metric.metricName()) && metric.metricValue() instanceof Double lag) {
          most = Double.isNaN(most) ? lag : Math.max(most, lag);
        }
      }
    }
    return most;
  }

  private static boolean isLag(MetricName name) {
    return name.name().equals("records-lag") && name.tags().containsKey("partition");
  }

  /** Waits until the stream has ended; true if it failed. */
  boolean awaitEnd() throws InterruptedException {
    ended.await();
    return failed;
  }
}
