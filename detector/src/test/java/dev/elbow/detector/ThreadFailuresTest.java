package dev.elbow.detector;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.elbow.detector.metrics.DetectionMetrics;
import dev.elbow.detector.metrics.Scrape;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ThreadFailuresTest {

  private final StreamsException fromBroker = new StreamsException("broker");

  private final Logger logger = (Logger) LoggerFactory.getLogger(ThreadFailures.class);
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-03-01T08:15:30Z"));
  private final DetectionMetrics metrics = new DetectionMetrics();
  private final ThreadFailures failures = new ThreadFailures(metrics, now::get);

  @BeforeEach
  void beQuiet() {
    logger.setLevel(Level.OFF);
  }

  @AfterEach
  void close() {
    logger.setLevel(null);
    metrics.close();
  }

  @Test
  void replacesThreadAFewTimesThenStops() {
    for (int i = 0; i < ThreadFailures.MOST; i++) {
      assertThat(failures.handle(fromBroker)).isEqualTo(REPLACE_THREAD);
    }

    assertThat(failures.handle(fromBroker)).isEqualTo(SHUTDOWN_CLIENT);
    assertThat(Scrape.of(metrics))
        .containsEntry("elbow_stream_thread_failures_total", ThreadFailures.MOST + 1.0);
  }

  @Test
  void forgetsFailuresOfLongAgo() {
    for (int i = 0; i < 3 * ThreadFailures.MOST; i++) {
      assertThat(failures.handle(fromBroker)).isEqualTo(REPLACE_THREAD);
      now.updateAndGet(time -> time.plus(Duration.ofMinutes(3)));
    }
  }

  @Test
  void stopsAtOnceAtAnErrorOfTheMachine() {
    assertThat(failures.handle(new StreamsException("scoring", new OutOfMemoryError())))
        .isEqualTo(SHUTDOWN_CLIENT);
  }
}
