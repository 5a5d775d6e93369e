package dev.elbow.trainer.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbow.alarm.AlarmLevel;
import dev.elbow.alarm.AlarmState;
import dev.elbow.alarm.Alarms;
import dev.elbow.alarm.Clocks;
import dev.elbow.alarm.Judgement;
import dev.elbow.alarm.Smoothing;
import dev.elbow.alarm.TwoClocks;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Alarms on scores of a machine with three sensors and a model that knows them: ½ Σ z², where each
 * z is standard normal and may remember the row before. A sensor that is off by 2 σ adds 2 nats;
 * with a memory of 0.9 three spreads of the smoothed score are 1.7.
 */
class AlarmFitTest {

  private static final int SENSORS = 3;
  private static final int HELD_OUT = 2000;
  private static final int BEFORE = 1000;

  /** How many times as many alarms as asked for a run of this length may have by chance. */
  private static final double LUCK = 1.5;

  /** 1, 2, 3, 4 and 10: median 3, distances 2, 1, 0, 1 and 7, leaps 1, 1, 1 and 6. */
  @Test
  void findsLevelSpreadAndScatter() {
    AlarmSettings raw = AlarmSettings.SERIES.withSmoothing(Smoothing.OFF);

    Alarms alarms = AlarmFit.fit(raw, List.of(new double[] {1, 2, 3, 4, 10}));

    assertThat(alarms.rule())
        .isEqualTo(new TwoClocks(Clocks.DEFAULT, new TwoClocks.Normal(3, 1, 9.0 / 4)));
  }

  @Test
  void constantScoresHaveASpreadAllTheSame() {
    Alarms alarms = AlarmFit.fit(AlarmSettings.SERIES, List.of(new double[] {5, 5, 5}));

    assertThat(alarms.rule())
        .isEqualTo(new TwoClocks(Clocks.DEFAULT, new TwoClocks.Normal(5, 1e-3, 1e-3)));
  }

  @Test
  void statisticsOfAFixedThresholdAreTheScores() {
    List<double[]> scores = List.of(new double[] {1, 5}, new double[] {2});

    Alarms alarms = AlarmFit.fit(AlarmSettings.ROWS, scores);

    assertThat(alarms).isEqualTo(Alarms.ROWS);
    assertThat(AlarmFit.statistics(alarms, scores)).containsExactly(scores.get(0), scores.get(1));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.9})
  void keepsTheFalseAlarmRateOnStationaryNoise(double memory) {
    Watch watch = new Watch(memory, 1);

    List<Judgement> judgements = watch.judge(scores(100_000, memory, 2, i -> 0));

    assertThat(share(judgements, AlarmLevel.ALARM)).isBetween(0.001, LUCK * 0.01);
    assertThat(share(judgements, AlarmLevel.SHIFT)).isLessThan(0.01);
  }

  @ParameterizedTest
  @CsvSource({
    "2, 500, 0", "3, 500, 0", "4, 500, 0",
    "2, 2000, 0", "3, 2000, 0", "4, 2000, 0",
    "2, 8000, 0", "3, 8000, 0", "4, 8000, 0",
    "2, 500, 0.9", "3, 500, 0.9", "4, 500, 0.9",
    "2, 2000, 0.9", "3, 2000, 0.9", "4, 2000, 0.9",
    "2, 8000, 0.9", "3, 8000, 0.9", "4, 8000, 0.9"
  })
  void rampOfOneSensorIsRaisedAsAShift(double sigmas, int rows, double memory) {
    Watch watch = new Watch(memory, 3);
    double[] scores =
        scores(
            BEFORE + rows + 300,
            memory,
            4,
            i -> sigmas * Math.max(0, Math.min(1, (i - BEFORE) / (double) rows)));

    List<Judgement> judgements = watch.judge(scores);

    assertThat(levels(judgements.subList(0, BEFORE))).doesNotContain(AlarmLevel.SHIFT);
    assertThat(levels(judgements.subList(BEFORE, judgements.size()))).contains(AlarmLevel.SHIFT);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.9})
  void stepIsAnOnsetAndThenAShift(double memory) {
    Watch watch = new Watch(memory, 5);

    List<AlarmLevel> levels =
        levels(watch.judge(scores(BEFORE + 400, memory, 6, i -> i < BEFORE ? 0 : 5)));

    assertThat(levels.subList(BEFORE, BEFORE + 15)).contains(AlarmLevel.ALARM);
    assertThat(levels.subList(BEFORE + 150, BEFORE + 400)).contains(AlarmLevel.SHIFT);
  }

  @Test
  void driftIsNotOneLongAlarm() {
    Watch watch = new Watch(0, 7);

    List<Judgement> judgements = watch.judge(scores(10_000, 0, 8, i -> 4 * i / 10_000.0));

    assertThat(share(judgements, AlarmLevel.ALARM)).isLessThan(2.5 * 0.01);
    assertThat(share(judgements, AlarmLevel.SHIFT)).isGreaterThan(0.5);
  }

  private static double[] scores(int rows, double memory, long seed, IntToDoubleFunction offset) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] z = random.doubles(SENSORS).map(u -> random.nextGaussian()).toArray();
    double[] scores = new double[rows];
    for (int i = 0; i < rows; i++) {
      for (int d = 0; d < SENSORS; d++) {
        z[d] = memory * z[d] + Math.sqrt(1 - memory * memory) * random.nextGaussian();
        double value = z[d] + (d == 0 ? offset.applyAsDouble(i) : 0);
        scores[i] += value * value / 2;
      }
    }
    return scores;
  }

  private static List<AlarmLevel> levels(List<Judgement> judgements) {
    return judgements.stream().map(Judgement::level).toList();
  }

  private static double share(List<Judgement> judgements, AlarmLevel level) {
    return levels(judgements).stream().filter(level::equals).count() / (double) judgements.size();
  }

  /** Alarms with their threshold for 1 % false alarms. */
  private static final class Watch {

    private final Alarms alarms;
    private final double threshold;

    Watch(double memory, long seed) {
      List<double[]> heldOut = List.of(scores(HELD_OUT, memory, seed, i -> 0));
      this.alarms = AlarmFit.fit(AlarmSettings.SERIES, heldOut);
      CalibrationSample statistics =
          CalibrationSample.ofSeries(AlarmFit.statistics(alarms, heldOut));
      this.threshold = Thresholds.of(statistics, 0.01, ThresholdMethod.AUTO).score();
    }

    List<Judgement> judge(double[] scores) {
      List<Judgement> judgements = new ArrayList<>();
      AlarmState state = alarms.start();
      for (double score : scores) {
        Judgement judgement = alarms.judge(state, score, threshold);
        judgements.add(judgement);
        state = judgement.state();
      }
      return judgements;
    }
  }
}
