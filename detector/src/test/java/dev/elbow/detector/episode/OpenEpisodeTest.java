package dev.elbow.detector.episode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbow.detector.entity.Partition;
import dev.elbow.event.Contribution;
import dev.elbow.event.Episode;
import dev.elbow.event.Episode.Blame;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The rule, row by row: a row every second, over after 3 calm rows and 5 seconds. */
class OpenEpisodeTest {

  private static final EpisodeRule RULE =
      new EpisodeRule(Duration.ofSeconds(5), 3, Duration.ofSeconds(60), 2);
  private static final Partition PARTITION = new Partition("observations", 3);

  @Test
  void beginsWithAnAnomalyAsItsPeak() {
    OpenEpisode begun = OpenEpisode.begin(Rows.anomaly(0, 30), Rows.time(0));

    Episode event = begun.event("pump-7", Episode.Status.STARTED, PARTITION, RULE);

    assertThat(event.id()).isEqualTo(Episode.idOf(PARTITION.record(100), Rows.MODEL));
    assertThat(event.peak())
        .isEqualTo(Episode.Peak.of(Rows.anomaly(0, 30).anomaly().orElseThrow()));
    assertThat(event.rows()).isEqualTo(1);
    assertThat(event.anomalies()).isEqualTo(1);
    assertThat(event.first()).isEqualTo(event.last()).isEqualTo(PARTITION.record(100));
  }

  @Test
  void isOverAfterEnoughCalmRowsThatLastLongEnough() {
    OpenEpisode begun = OpenEpisode.begin(Rows.anomaly(0, 30), Rows.time(0));

    // 4 rows are enough, 4 seconds are not
    OpenEpisode calm = after(begun, Rows.calm(1), Rows.calm(2), Rows.calm(3), Rows.calm(4));
    assertThat(calm.isOver(RULE)).isFalse();

    assertThat(after(calm, Rows.calm(5)).isOver(RULE)).isTrue();
  }

  @Test
  void isNotOverAfterLongTimeAndTooFewRows() {
    OpenEpisode begun = OpenEpisode.begin(Rows.anomaly(0, 30), Rows.time(0));

    OpenEpisode calm = after(begun, Rows.calm(100), Rows.calm(200));
    assertThat(calm.isOver(RULE)).isFalse();

    assertThat(after(calm, Rows.calm(300)).isOver(RULE)).isTrue();
  }

  @Test
  void wrongDateDoesNotKeepItOpen() {
    OpenEpisode dated = OpenEpisode.begin(Rows.anomaly(1_000_000, 30), Rows.time(0));

    OpenEpisode calm = after(dated, Rows.calm(1), Rows.calm(2), Rows.calm(3));

    assertThat(calm.isOver(RULE)).isTrue();
  }

  @Test
  void scoreThatFluttersIsOneEpisodeAndCountsTheCalmRowsBetween() {
    OpenEpisode begun = OpenEpisode.begin(Rows.anomaly(0, 30), Rows.time(0));

    OpenEpisode fluttering =
        after(
            begun,
            Rows.calm(1),
            Rows.calm(2),
            Rows.anomaly(3, 20),
            Rows.calm(4),
            Rows.anomaly(5, 40),
            Rows.calm(6),
            Rows.calm(7),
            Rows.calm(8));

    Episode event = fluttering.event("pump-7", Episode.Status.ONGOING, PARTITION, RULE);
    assertThat(fluttering.isOver(RULE)).isFalse();
    assertThat(event.rows()).isEqualTo(6); // of 0 to 5
    assertThat(event.anomalies()).isEqualTo(3);
    assertThat(event.end()).isEqualTo(Rows.time(5));
    assertThat(event.timestamp()).isEqualTo(Rows.time(8));
    assertThat(event.last()).isEqualTo(PARTITION.record(105));
    assertThat(event.peak().score()).isEqualTo(40);
    assertThat(event.peak().source()).isEqualTo(PARTITION.record(105));
  }

  @Test
  void goesOnWhileRowsAreNotCalmThoughTheyAreNoAnomalies() {
    OpenEpisode begun = OpenEpisode.begin(Rows.anomaly(0, 30), Rows.time(0));

    OpenEpisode raised = begun;
    for (int t = 1; t <= 50; t++) {
      raised = after(raised, Rows.notCalm(t, t > 20));
    }

    Episode event = raised.event("pump-7", Episode.Status.ONGOING, PARTITION, RULE);
    assertThat(raised.isOver(RULE)).isFalse();
    assertThat(event.anomalies()).isEqualTo(1);
    assertThat(event.rows()).isEqualTo(51);
    assertThat(event.shifted()).isTrue();
  }

  @Test
  void firstOfTwoEqualPeaksStands() {
    OpenEpisode begun = OpenEpisode.begin(Rows.anomaly(0, 30), Rows.time(0));

    OpenEpisode next = after(begun, Rows.anomaly(1, 30), Rows.anomaly(2, 29));

    assertThat(next.peak().source()).isEqualTo(PARTITION.record(100));
  }

  /** The threshold is 10, so 30 lies 20 above it, and 50 twice as far. */
  @Test
  void isNewsWhenThePeakIsTwiceAsFarAboveTheThreshold() {
    OpenEpisode begun = OpenEpisode.begin(Rows.anomaly(0, 30), Rows.time(0));

    OpenEpisode higher = after(begun, Rows.anomaly(1, 49.9));
    assertThat(higher.isNews(RULE)).isFalse();

    OpenEpisode twice = after(higher, Rows.anomaly(2, 50));
    assertThat(twice.isNews(RULE)).isTrue();

    assertThat(after(twice.asTold(), Rows.anomaly(3, 60)).isNews(RULE)).isFalse();
  }

  @Test
  void isNewsOnceAnUpdateIsDueButNotWhileItIsCalm() {
    OpenEpisode begun = OpenEpisode.begin(Rows.anomaly(0, 30), Rows.time(0));

    assertThat(after(begun, Rows.anomaly(59, 30)).isNews(RULE)).isFalse();
    assertThat(after(begun, Rows.calm(60)).isNews(RULE)).isFalse();
    OpenEpisode due = after(begun, Rows.anomaly(60, 30));
    assertThat(due.isNews(RULE)).isTrue();
    assertThat(after(due.asTold(), Rows.anomaly(61, 30)).isNews(RULE)).isFalse();
  }

  @Test
  void isNewsWhenShiftIsRaisedAndOnlyThen() {
    OpenEpisode begun = OpenEpisode.begin(Rows.anomaly(0, 30), Rows.time(0));

    OpenEpisode shifted = after(begun, Rows.notCalm(1, true));
    assertThat(shifted.isNews(RULE)).isTrue();

    assertThat(after(shifted.asTold(), Rows.notCalm(2, true)).isNews(RULE)).isFalse();
  }

  @Test
  void isSilentAfterTheGapOrAsLongAsTheRowsWouldTake() {
    OpenEpisode fast = OpenEpisode.begin(Rows.anomaly(0, 30), Rows.time(7));
    OpenEpisode slow =
        OpenEpisode.begin(
            Rows.withUsualStep(Rows.anomaly(0, 30), Duration.ofMinutes(10)), Rows.time(7));

    assertThat(fast.silentAt(RULE)).isEqualTo(Rows.time(7 + 5));
    assertThat(slow.silentAt(RULE)).isEqualTo(Rows.time(7).plus(Duration.ofMinutes(30)));
    assertThat(after(slow, Rows.calm(600)).silentAt(RULE))
        .isEqualTo(Rows.time(600).plus(Duration.ofMinutes(30)));
  }

  @Test
  void sumsWhatItsAnomaliesBlame() {
    OpenEpisode begun =
        OpenEpisode.begin(Rows.blaming(0, of("flow", 6, 10), of("heat", 5, 1)), Rows.time(0));

    OpenEpisode next =
        after(
            begun,
            Rows.blaming(1, of("heat", 7, 2), of("noise", 1, 3)),
            Rows.calm(2),
            Rows.blaming(3, of("heat", 4, 4)));

    assertThat(next.blame().most(2))
        .containsExactly(new Blame(16, 3, of("heat", 7, 2)), new Blame(6, 1, of("flow", 6, 10)));
    assertThat(next.blame().sums()).hasSize(3);
  }

  @Test
  void remembersABoundedNumberOfSensors() {
    BlameSum sum = BlameSum.NONE;
    for (int d = 0; d < 100; d++) {
      sum = sum.plus(List.of(of("sensor-" + d, d, 0)));
    }

    assertThat(sum.sums()).hasSize(BlameSum.MOST_SENSORS);
    assertThat(sum.sums().get(0).name()).isEqualTo("sensor-99");
    assertThat(sum.sums().get(0).nats()).isCloseTo(99, within(0.0));
  }

  @Test
  void bytesHoldAllOfIt() {
    OpenEpisode episode =
        after(
            OpenEpisode.begin(
                Rows.withUsualStep(Rows.blaming(0, of("flow", 6, 10)), Duration.ofMillis(1500)),
                Rows.time(3)),
            Rows.notCalm(1, true),
            Rows.anomaly(2, 90),
            Rows.calm(3));
    Standing standing = new Standing(103, 7, Optional.of(episode.asTold()));
    Standing over = new Standing(104, 8, Optional.empty());

    assertThat(StandingBytes.read(StandingBytes.of(standing), PARTITION)).contains(standing);
    assertThat(StandingBytes.read(StandingBytes.of(over), PARTITION)).contains(over);
  }

  @Test
  void bytesOfAnotherFormAreNotRead() {
    byte[] later = StandingBytes.of(Standing.NONE);
    later[0] = 2;

    assertThat(StandingBytes.read(later, PARTITION)).isEmpty();
  }

  private static Contribution of(String sensor, double nats, double actual) {
    return new Contribution(sensor, actual, 10, 2, nats);
  }

  private static OpenEpisode after(OpenEpisode episode, JudgedRow... rows) {
    OpenEpisode next = episode;
    for (JudgedRow row : rows) {
      next = next.next(row, row.observed());
    }
    return next;
  }
}
