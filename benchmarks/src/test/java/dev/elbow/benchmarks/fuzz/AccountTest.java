package dev.elbow.benchmarks.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.elbow.benchmarks.fuzz.Account.Place;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class AccountTest {

  private static final Place FIRST = new Place(0, 0);
  private static final Place SECOND = new Place(3, 17);
  private static final String ODD = "odd";
  private static final Metrics.Acknowledgements NONE = new Metrics.Acknowledgements(0, 0, 0);

  private final Account account = new Account();

  @Test
  void findsNothingWrongWhereEveryRecordHasOneOutcome() {
    account.sent(FIRST, FuzzedInput.SOUND, 1);
    account.sent(SECOND, ODD, 2);
    account.scored(FIRST, false, true);
    account.anomaly(FIRST);
    account.rejected(SECOND, "tombstone", 2);

    assertThat(result().isAsExpected()).isTrue();
  }

  @Test
  void missesRecordWithoutOutcome() {
    soundOne();
    account.sent(SECOND, ODD, 2);

    assertThat(result().isAsExpected()).isFalse();
    assertThat(tally(ODD).missing()).isEqualTo(1);
  }

  @Test
  void missesAnomalyThatWasNotTold() {
    account.sent(FIRST, FuzzedInput.SOUND, 1);
    account.scored(FIRST, false, true);

    assertThat(result().isAsExpected()).isFalse();
    assertThat(tally(FuzzedInput.SOUND).missing()).isEqualTo(1);
  }

  @Test
  void countsOutcomesBeyondTheFirst() {
    soundOne();
    account.sent(SECOND, ODD, 2);
    account.rejected(SECOND, "tombstone", 2);
    account.scored(SECOND, true, false);

    assertThat(result().isAsExpected()).isFalse();
    assertThat(tally(ODD).duplicated()).isEqualTo(1);
  }

  @Test
  void noticesRejectionThatIsNotWhatWasSent() {
    soundOne();
    account.sent(SECOND, ODD, fingerprint("as sent"));
    account.rejected(SECOND, "malformed-json", fingerprint("as set"));

    assertThat(result().isAsExpected()).isFalse();
    assertThat(tally(ODD).altered()).isEqualTo(1);
  }

  @Test
  void noticesOutcomeOfRecordThatNobodySent() {
    soundOne();
    account.scored(SECOND, false, false);

    assertThat(result().isAsExpected()).isFalse();
  }

  @Test
  void allowsNoSoundRecordToBeRejected() {
    soundOne();
    account.sent(SECOND, FuzzedInput.SOUND, 2);
    account.rejected(SECOND, "out-of-order", 2);

    assertThat(result().isAsExpected()).isFalse();
  }

  @Test
  void tellsMetricsThatSayOtherwise() {
    soundOne();

    List<String> found =
        new Metrics(2, 1, 0, 1, 0, NONE)
            .discrepancies(1, account.tallies(), new AcknowledgementAccount());

    assertThat(found)
        .containsExactly(
            "metrics: received is 2, expected 1", "metrics: rejected is 1, expected 0");
  }

  private void soundOne() {
    account.sent(FIRST, FuzzedInput.SOUND, 1);
    account.scored(FIRST, false, false);
  }

  private static int fingerprint(String value) {
    return Fingerprint.of(null, value.getBytes(UTF_8), new RecordHeaders().add("a", null));
  }

  private Tally tally(String kind) {
    return account.tallies().getOrDefault(kind, new Tally());
  }

  private FuzzResult result() {
    return new FuzzResult(
        "json, rows", account.tallies(), Duration.ZERO, Duration.ZERO, false, NONE, List.of());
  }
}
