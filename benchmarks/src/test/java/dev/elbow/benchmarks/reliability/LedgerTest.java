package dev.elbow.benchmarks.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbow.benchmarks.reliability.Ledger.Tally;
import dev.elbow.benchmarks.reliability.Outcome.Kind;
import org.junit.jupiter.api.Test;

class LedgerTest {

  private static final long[] THREE_RECORDS = {3, 0, 0, 0};

  private final Ledger ledger = new Ledger();

  @Test
  void findsNothingWrongWhereEveryRecordHasOneOutcome() {
    ledger.add(score(0, 1.5, false));
    ledger.add(score(1, 99, true));
    ledger.add(outcome(Kind.ANOMALY, 1, 99, false));
    ledger.add(outcome(Kind.REJECTION, 2, Double.NaN, false));

    assertThat(ledger.tally(THREE_RECORDS)).isEqualTo(new Tally(0, 0));
  }

  @Test
  void missesRecordWithoutOutcome() {
    ledger.add(score(0, 1.5, false));
    ledger.add(outcome(Kind.REJECTION, 2, Double.NaN, false));

    assertThat(ledger.tally(THREE_RECORDS)).isEqualTo(new Tally(1, 0));
  }

  @Test
  void missesAnomalyOfAnomalousScore() {
    ledger.add(score(0, 99, true));

    assertThat(ledger.tally(new long[] {1})).isEqualTo(new Tally(1, 0));
  }

  @Test
  void countsEveryOutcomeBeyondTheFirst() {
    ledger.add(score(0, 99, true));
    ledger.add(outcome(Kind.ANOMALY, 0, 99, false));
    ledger.add(outcome(Kind.ANOMALY, 0, 99, false));
    ledger.add(outcome(Kind.REJECTION, 0, Double.NaN, false));
    ledger.add(score(0, 99, true));

    assertThat(ledger.tally(new long[] {1})).isEqualTo(new Tally(0, 3));
  }

  @Test
  void tellsScoresThatDifferByMoreThanRounding() {
    Ledger expected = new Ledger();
    expected.add(score(0, 1.5, false));
    expected.add(score(1, 2.5, false));
    expected.add(score(2, 3.5, false));
    ledger.add(score(0, 1.50001, false));
    ledger.add(score(1, 2.6, false));

    assertThat(ledger.differingFrom(expected)).isEqualTo(2);
  }

  @Test
  void tellsWhichModelJudgedTheLastRecordOfEveryPartition() {
    for (int p = 0; p < 4; p++) {
      ledger.add(new Outcome(Kind.SCORE, p, 0, 1, false, "first"));
      ledger.add(new Outcome(Kind.SCORE, p, 1, 1, false, p < 3 ? "second" : "first"));
    }
    assertThat(ledger.isAtModel("second")).isFalse();

    ledger.add(new Outcome(Kind.REJECTION, 3, 2, Double.NaN, false, "second"));
    assertThat(ledger.isAtModel("second")).isTrue();
    assertThat(ledger.isAtModel("first")).isFalse();
  }

  private static Outcome score(long offset, double score, boolean anomalous) {
    return outcome(Kind.SCORE, offset, score, anomalous);
  }

  private static Outcome outcome(Kind kind, long offset, double score, boolean anomalous) {
    return new Outcome(kind, 0, offset, score, anomalous, "model");
  }
}
