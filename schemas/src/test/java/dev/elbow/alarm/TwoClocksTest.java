package dev.elbow.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** Level 10, spread 2 and scatter 1: SHIFT from 6 nats above the anchor. */
class TwoClocksTest {

  private static final double THRESHOLD = 5;

  private final TwoClocks rule = new TwoClocks(Clocks.DEFAULT, new TwoClocks.Normal(10, 2, 1));

  /** (16.5 − 10) / 1 = 6.5 > 5; (14 − 10) / 1 = 4. */
  @Test
  void alarmsWhereTheScoreStandsOutFromTheLevelByMoreThanItsScatter() {
    Judgement high = rule.judge(rule.start(), 16.5, 1, THRESHOLD);
    Judgement usual = rule.judge(rule.start(), 14, 1, THRESHOLD);

    assertThat(high.statistic()).isEqualTo(6.5);
    assertThat(high.level()).isEqualTo(AlarmLevel.ALARM);
    assertThat(high.anomalous()).isTrue();
    assertThat(usual.statistic()).isEqualTo(4);
    assertThat(usual.level()).isEqualTo(AlarmLevel.NORMAL);
    assertThat(usual.anomalous()).isFalse();
  }

  /** 10 + 5 · 1 = 15, and 10 + 5 · 1 · 2 = 20 where the score is twice as uncertain. */
  @Test
  void publishesTheThresholdInNats() {
    assertThat(rule.judge(rule.start(), 16, 1, THRESHOLD).threshold()).isEqualTo(15);
    assertThat(rule.judge(rule.start(), 16, 2, THRESHOLD).threshold()).isEqualTo(20);
    assertThat(rule.thresholdInNats(THRESHOLD)).isEqualTo(15);
  }

  /**
   * Level: 10 + (12 − 10)/100 = 10.02, then 10.02 + (15 − 10.02)/100 = 10.0698. Scatter: unknown
   * for the first row, then 1 + (|15 − 12| − 1)/100 = 1.02.
   */
  @Test
  void levelAndScatterFollowTheFastClock() {
    AlarmState first = rule.judge(rule.start(), 12, 1, THRESHOLD).state();
    AlarmState second = rule.judge(first, 15, 1, THRESHOLD).state();

    assertThat(first.level()).isEqualTo(10.02);
    assertThat(first.scatter()).isEqualTo(1);
    assertThat(second.level()).isCloseTo(10.0698, within(1e-12));
    assertThat(second.scatter()).isCloseTo(1.02, within(1e-12));
  }

  /** The level moves by at most 2 · 6 / 100 nats, the scatter by at most (4 − 1) / 100. */
  @Test
  void oneAbsurdScoreMovesNeither() {
    AlarmState usual = rule.judge(rule.start(), 10, 1, THRESHOLD).state();
    AlarmState after = rule.judge(usual, 1e9, 1, THRESHOLD).state();

    assertThat(after.level()).isCloseTo(10.12, within(1e-12));
    assertThat(after.scatter()).isCloseTo(1.03, within(1e-12));
  }

  @Test
  void stepIsOneOnsetAndThenAShift() {
    List<Judgement> step = judge(rule, constant(40, 300));

    assertThat(levels(step.subList(0, 3))).containsOnly(AlarmLevel.ALARM);
    assertThat(levels(step.subList(3, 50))).containsOnly(AlarmLevel.NORMAL);
    assertThat(levels(step.subList(50, 300))).containsOnly(AlarmLevel.SHIFT);
    assertThat(step.stream().filter(Judgement::anomalous)).hasSizeBetween(4, 6);
  }

  /** 12 nats over 100 rows are 0.12 a row, and after 50 rows 6; the 51st is beyond. */
  @Test
  void shiftTakesAtLeastHalfAFastClock() {
    List<AlarmLevel> levels = levels(judge(rule, constant(1e6, 100)));

    assertThat(levels.indexOf(AlarmLevel.SHIFT)).isBetween(49, 50);
  }

  @Test
  void shiftIsToldOnceAndStands() {
    List<Judgement> ramp = judge(rule, ramp(10, 18, 800));

    assertThat(ramp.stream().filter(Judgement::anomalous)).hasSize(1);
    assertThat(ramp.get(799).level()).isEqualTo(AlarmLevel.SHIFT);
  }

  /** From 6 nats on, from 12 and from 24: three times on the way to 40. */
  @Test
  void shiftIsToldAgainWhenItHasDoubled() {
    List<Judgement> ramp = judge(rule, ramp(10, 50, 8000));

    assertThat(ramp.stream().filter(Judgement::anomalous)).hasSize(3);
  }

  @Test
  void shiftEndsWhenTheLevelIsBack() {
    List<Judgement> there = judge(rule, constant(20, 400));
    List<Judgement> back = judge(rule, there.get(399).state(), constant(10, 400));

    assertThat(there.get(399).level()).isEqualTo(AlarmLevel.SHIFT);
    assertThat(back.get(399).level()).isEqualTo(AlarmLevel.NORMAL);
  }

  @Test
  void acknowledgedLevelIsNormalFromThenOn() {
    AlarmState shifted = judge(rule, constant(20, 1000)).get(999).state();
    List<Judgement> after = judge(rule, shifted.acknowledged(), constant(20, 500));
    List<Judgement> further = judge(rule, shifted.acknowledged(), ramp(20, 30, 1000));

    assertThat(shifted.isShifted()).isTrue();
    assertThat(levels(after)).containsOnly(AlarmLevel.NORMAL);
    assertThat(further.get(999).level()).isEqualTo(AlarmLevel.SHIFT);
  }

  /** An anchor that follows over 50 rows is never 6 nats behind a level that follows over 100. */
  @Test
  void slowClockThatRunsForgets() {
    TwoClocks quick = new TwoClocks(new Clocks(100, 50, 3), new TwoClocks.Normal(10, 2, 1));

    assertThat(levels(judge(quick, ramp(10, 30, 2000)))).containsOnly(AlarmLevel.NORMAL);
  }

  /** After the burst the baseline must fall back, or the second burst would not stand out. */
  @Test
  void burstDoesNotHideTheNextOne() {
    double[] scores = constant(10, 200);
    Arrays.fill(scores, 50, 60, 60);
    Arrays.fill(scores, 100, 110, 60);

    List<AlarmLevel> levels = levels(judge(rule, scores));

    assertThat(levels.subList(50, 53)).containsOnly(AlarmLevel.ALARM);
    assertThat(levels.subList(100, 103)).containsOnly(AlarmLevel.ALARM);
    assertThat(levels.subList(60, 100)).containsOnly(AlarmLevel.NORMAL);
  }

  @Test
  void lowScoresAreNeitherAlarmNorShift() {
    assertThat(levels(judge(rule, constant(-100, 500)))).containsOnly(AlarmLevel.NORMAL);
  }

  @Test
  void restartInTheMiddleGivesTheSameLevels() {
    double[] scores = noise(2000, 7);
    List<Judgement> whole = judge(rule, scores);

    AlarmState read = throughBytes(whole.get(999).state());
    List<Judgement> rest = judge(rule, read, Arrays.copyOfRange(scores, 1000, 2000));

    assertThat(rest).isEqualTo(whole.subList(1000, 2000));
    assertThat(levels(whole)).contains(AlarmLevel.ALARM, AlarmLevel.SHIFT, AlarmLevel.NORMAL);
  }

  @Test
  void stateIsTheSameAfterItsBytes() {
    AlarmState state = new AlarmState(1, 0.5, 2, 3, Double.NaN, 4, 5, 6, 2, 4);

    assertThat(throughBytes(state)).isEqualTo(state);
  }

  @Test
  void rejectsNumbersOutsideTheirRange() {
    assertThatThrownBy(() -> new Clocks(1, 0, 3)).hasMessageContaining("fast clock");
    assertThatThrownBy(() -> new Clocks(100, -1, 3)).hasMessageContaining("slow clock");
    assertThatThrownBy(() -> new Clocks(100, 0, 0)).hasMessageContaining("shift spread");
    assertThatThrownBy(() -> new TwoClocks.Normal(Double.NaN, 1, 1)).hasMessageContaining("level");
    assertThatThrownBy(() -> new TwoClocks.Normal(0, 0, 1)).hasMessageContaining("spread");
    assertThatThrownBy(() -> new TwoClocks.Normal(0, 1, 0)).hasMessageContaining("scatter");
  }

  private static AlarmState throughBytes(AlarmState state) {
    ByteBuffer bytes = ByteBuffer.allocate(AlarmState.BYTES);
    state.writeTo(bytes);
    return AlarmState.readFrom(bytes.flip());
  }

  private static List<Judgement> judge(TwoClocks rule, double[] scores) {
    return judge(rule, rule.start(), scores);
  }

  private static List<Judgement> judge(TwoClocks rule, AlarmState start, double[] scores) {
    List<Judgement> judgements = new ArrayList<>();
    AlarmState state = start;
    for (double score : scores) {
      Judgement judgement = rule.judge(state, score, 1, THRESHOLD);
      judgements.add(judgement);
      state = judgement.state();
    }
    return judgements;
  }

  private static List<AlarmLevel> levels(List<Judgement> judgements) {
    return judgements.stream().map(Judgement::level).toList();
  }

  private static double[] constant(double score, int rows) {
    return DoubleStream.generate(() -> score).limit(rows).toArray();
  }

  private static double[] ramp(double from, double to, int rows) {
    double[] scores = new double[rows];
    Arrays.setAll(scores, i -> from + (to - from) * i / (rows - 1));
    return scores;
  }

  /** Noise around 10, with a step half way through the first half and a shift from then on. */
  private static double[] noise(int rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] scores = new double[rows];
    Arrays.setAll(scores, i -> 10 + random.nextGaussian() + (i < rows / 4 ? 0 : 15));
    return scores;
  }
}
