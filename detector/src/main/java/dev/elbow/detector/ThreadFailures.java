package dev.elbow.detector;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows when a thread of the stream has failed.
 *
 * <p>What a record can do wrong is a rejection and what Kafka can mend it mends; the rest is for
 * whoever runs the detector, which stops. Starting it again goes on from the last commit, so
 * nothing is skipped.
 *
 * <p>One failure is mended here: a broker that was killed in the middle of a commit can have
 * another idea of the transaction than its producer, and Kafka Streams takes its answer for fatal.
 * Another thread has another producer and goes on from what the broker has committed, as another
 * process would. Where that happens again and again, it is no matter of one broker that died.
 */
final class ThreadFailures implements StreamsUncaughtExceptionHandler {

  /** Several threads meet the same broker, and a broker that was killed may be killed again. */
  static final int MOST_REPLACED = 10;

  /** In this time. */
  static final Duration WITHIN = Duration.ofMinutes(10);

  private static final Logger LOG = LoggerFactory.getLogger(ThreadFailures.class);

  private final Clock clock;
  private final Deque<Instant> replaced = new ArrayDeque<>();

  ThreadFailures(Clock clock) {
    this.clock = clock;
  }

  @Override
  public synchronized StreamThreadExceptionResponse handle(Throwable thrown) {
    Instant now = clock.instant();
    while (!replaced.isEmpty() && replaced.peekFirst().isBefore(now.minus(WITHIN))) {
      replaced.removeFirst();
    }
    if (isForgottenTransaction(thrown) && replaced.size() < MOST_REPLACED) {
      replaced.addLast(now);
      LOG.warn(
          "The broker does not know a transaction; another thread goes on from the last commit",
          thrown);
      return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
    LOG.error("The stream failed; the detector stops and can be started again", thrown);
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  private static boolean isForgottenTransaction(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof InvalidTxnStateException) {
        return true;
      }
    }
    return false;
  }
}
