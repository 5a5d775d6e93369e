package dev.elbow.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AlarmsTest {

  private final TwoClocks twoClocks = new TwoClocks(Clocks.DEFAULT, new TwoClocks.Normal(10, 2, 1));

  @Test
  void rowsAreHeldAgainstOneThreshold() {
    Judgement above = Alarms.ROWS.judge(Alarms.ROWS.start(), 3.5, 3);
    Judgement at = Alarms.ROWS.judge(above.state(), 3, 3);

    assertThat(above.level()).isEqualTo(AlarmLevel.ALARM);
    assertThat(above.anomalous()).isTrue();
    assertThat(above.statistic()).isEqualTo(3.5);
    assertThat(above.threshold()).isEqualTo(3);
    assertThat(above.state().smoothed()).isEqualTo(3.5);
    assertThat(at.level()).isEqualTo(AlarmLevel.NORMAL);
    assertThat(at.anomalous()).isFalse();
  }

  /** 4 + ½ (10 − 4) = 7. */
  @Test
  void fixedThresholdCanWatchTheSmoothedScore() {
    Alarms alarms = new Alarms(new Smoothing(0.5), ThresholdOn.SMOOTHED, new FixedThreshold());

    Judgement first = alarms.judge(alarms.start(), 4, 8);
    Judgement second = alarms.judge(first.state(), 10, 8);

    assertThat(second.statistic()).isEqualTo(7);
    assertThat(second.state().smoothed()).isEqualTo(7);
    assertThat(second.anomalous()).isFalse();
  }

  @Test
  void smoothedScoreIsPublishedWhereTheRawOneIsWatched() {
    Alarms alarms = new Alarms(new Smoothing(0.5), ThresholdOn.RAW, new FixedThreshold());

    Judgement first = alarms.judge(alarms.start(), 4, 8);
    Judgement second = alarms.judge(first.state(), 10, 8);

    assertThat(second.statistic()).isEqualTo(10);
    assertThat(second.state().smoothed()).isEqualTo(7);
    assertThat(second.anomalous()).isTrue();
  }

  /**
   * α = 0.1: the first smoothed score is a score, whose variance is (2 − α)/α = 19 times that of a
   * settled one; κ = √19. The second is 0.9 of the first and 0.1 of another: (0.81 + 0.01) · 19 =
   * 15.58.
   */
  @Test
  void firstScoresAreAllowedToVaryMore() {
    Alarms alarms = new Alarms(new Smoothing(0.1), ThresholdOn.SMOOTHED, twoClocks);

    Judgement first = alarms.judge(alarms.start(), 20, 5);
    Judgement second = alarms.judge(first.state(), 20, 5);

    assertThat(first.statistic()).isCloseTo(10 / Math.sqrt(19), within(1e-12));
    assertThat(first.level()).isEqualTo(AlarmLevel.NORMAL);
    assertThat(second.statistic()).isCloseTo((20 - 10.1) / Math.sqrt(15.58), within(1e-12));
  }

  @Test
  void rowWithoutAScoreLeavesTheStateAlone() {
    Alarms alarms = new Alarms(Smoothing.SERIES, ThresholdOn.SMOOTHED, twoClocks);
    AlarmState state = alarms.judge(alarms.start(), 20, 5).state();

    Judgement judgement = alarms.judge(state, Double.NaN, 5);

    assertThat(judgement.state()).isEqualTo(state);
    assertThat(judgement.level()).isEqualTo(AlarmLevel.NORMAL);
    assertThat(judgement.anomalous()).isFalse();
  }

  @Test
  void gapEndsTheAverageAndKeepsWhatIsUsual() {
    Alarms alarms = new Alarms(Smoothing.SERIES, ThresholdOn.SMOOTHED, twoClocks);
    AlarmState before = alarms.judge(alarms.start(), 14, 5).state();

    AlarmState after = before.afterGap();
    Judgement next = alarms.judge(after, 11, 5);

    assertThat(after.level()).isEqualTo(before.level());
    assertThat(next.state().smoothed()).isEqualTo(11);
    assertThat(next.state().scatter()).isEqualTo(before.scatter());
  }
}
