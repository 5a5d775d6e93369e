package dev.elbow.benchmarks.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbow.benchmarks.fuzz.Account.Place;
import org.junit.jupiter.api.Test;

class AcknowledgementAccountTest {

  private static final Place FIRST = new Place(0, 0);
  private static final Place SECOND = new Place(3, 17);

  private final AcknowledgementAccount account = new AcknowledgementAccount();

  @Test
  void findsNothingWrongWhereTheSpoiltOneIsRejectedAsItWasSent() {
    sendTwo();
    account.rejected(SECOND, 2);

    assertThat(account.discrepancies(1, 1)).isEmpty();
  }

  @Test
  void missesOneThatIsNowhere() {
    sendTwo();

    assertThat(account.discrepancies(1, 0))
        .containsExactly("acknowledgements: 2 sent, 0 rejected; metrics: 1 taken, 0 rejected");
  }

  @Test
  void missesRejectionThatIsOnlyInTheMetrics() {
    sendTwo();

    assertThat(account.discrepancies(1, 1)).hasSize(1);
  }

  @Test
  void noticesWhatIsRejectedThoughItIsSound() {
    sendTwo();
    account.rejected(FIRST, 1);

    assertThat(account.discrepancies(1, 1))
        .containsExactly("acknowledgement at %s is sound and was rejected".formatted(FIRST));
  }

  @Test
  void noticesWhatIsRejectedTwiceOrAlteredOrWasNeverSent() {
    sendTwo();
    account.sent(new Place(1, 1), false, 3);
    account.rejected(SECOND, 2);
    account.rejected(SECOND, 2);
    account.rejected(new Place(1, 1), 4);
    account.rejected(new Place(2, 2), 5);

    assertThat(account.discrepancies(0, 3))
        .containsExactlyInAnyOrder(
            "acknowledgement at %s was rejected again".formatted(SECOND),
            "acknowledgement at %s is not as it was sent".formatted(new Place(1, 1)),
            "acknowledgement at %s was rejected and never sent".formatted(new Place(2, 2)));
  }

  private void sendTwo() {
    account.sent(FIRST, true, 1);
    account.sent(SECOND, false, 2);
  }
}
