package dev.elbow.detector;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class ThreadFailuresTest {

  private final SetClock clock = new SetClock();
  private final ThreadFailures failures = new ThreadFailures(clock);

  @Test
  void replacesThreadWhoseTransactionTheBrokerDoesNotKnow() {
    assertThat(failures.handle(forgotten())).isEqualTo(REPLACE_THREAD);
  }

  @Test
  void stopsWhereThatHappensAgainAndAgain() {
    for (int i = 0; i < ThreadFailures.MOST_REPLACED; i++) {
      assertThat(failures.handle(forgotten())).isEqualTo(REPLACE_THREAD);
    }

    assertThat(failures.handle(forgotten())).isEqualTo(SHUTDOWN_CLIENT);
  }

  @Test
  void forgivesWhatIsLongAgo() {
    for (int i = 0; i < ThreadFailures.MOST_REPLACED; i++) {
      failures.handle(forgotten());
    }
    clock.now = clock.now.plus(ThreadFailures.WITHIN).plusSeconds(1);

    assertThat(failures.handle(forgotten())).isEqualTo(REPLACE_THREAD);
  }

  @Test
  void stopsAtAnythingElse() {
    StreamsException other = new StreamsException("refused", new RecordTooLargeException("large"));

    assertThat(failures.handle(other)).isEqualTo(SHUTDOWN_CLIENT);
  }

  /** As Kafka Streams reports it after a broker was killed during a commit. */
  private static StreamsException forgotten() {
    return new StreamsException(
        "Error encountered trying to commit a transaction",
        new InvalidTxnStateException("transactional operation in an invalid state"));
  }

  private static final class SetClock extends Clock {

    private Instant now = Instant.parse("2026-03-01T00:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
