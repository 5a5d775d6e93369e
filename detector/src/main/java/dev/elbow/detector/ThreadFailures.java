package dev.elbow.detector;

import dev.elbow.detector.metrics.DetectionMetrics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What to do when a stream thread ends with an exception: start another, which goes on from the
 * last commit and so skips nothing; after several in a short time, or at an error of the machine,
 * stop the detector, so that whoever runs it notices and starts it again.
 */
final class ThreadFailures implements StreamsUncaughtExceptionHandler {

  /** A broker that is replaced or loses a disk ends a thread once or twice, not more. */
  static final int MOST = 5;

  static final Duration WITHIN = Duration.ofMinutes(10);

  private static final Logger LOG = LoggerFactory.getLogger(ThreadFailures.class);

  private final DetectionMetrics metrics;
  private final InstantSource clock;
  private final Deque<Instant> recent = new ArrayDeque<>();

  ThreadFailures(DetectionMetrics metrics, InstantSource clock) {
    this.metrics = metrics;
    this.clock = clock;
  }

  @Override
  public synchronized StreamThreadExceptionResponse handle(Throwable thrown) {
    metrics.threadFailed();
    Instant now = clock.instant();
    recent.addLast(now);
    while (recent.getFirst().isBefore(now.minus(WITHIN))) {
      recent.removeFirst();
    }
    if (isError(thrown) || recent.size() > MOST) {
      LOG.error("A stream thread failed; the detector stops", thrown);
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    LOG.error(
        "A stream thread failed, {} of at most {} times in {} minutes; another goes on from the"
            + " last commit",
        recent.size(),
        MOST,
        WITHIN.toMinutes(),
        thrown);
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  /** Whether an error, such as no memory or no native library, is at the bottom of it. */
  private static boolean isError(Throwable thrown) {
    return thrown instanceof Error || (thrown.getCause() != null && isError(thrown.getCause()));
  }
}
