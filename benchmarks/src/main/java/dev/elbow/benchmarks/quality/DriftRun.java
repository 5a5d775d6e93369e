package dev.elbow.benchmarks.quality;

import dev.elbow.scoring.Scorer;
import dev.elbow.trainer.TrainingSettings;
import dev.elbow.trainer.calibrate.AlarmSettings;
import dev.elbow.trainer.calibrate.AlarmSettings.Rule;
import dev.elbow.trainer.data.SensorTable;
import java.io.IOException;
import java.util.List;
import java.util.Random;

/** One model of a series, and alarms told from its scores by one threshold and by two clocks. */
final class DriftRun implements AutoCloseable {

  private final SensorTable train;
  private final TrainingSettings settings;
  private final TrainedBundle bundle;
  private final TellingRule fixed;
  private final TellingRule twoClocks;

  private DriftRun(
      SensorTable train, TrainingSettings settings, TrainedBundle bundle, TellingRule fixed) {
    this.train = train;
    this.settings = settings;
    this.bundle = bundle;
    this.fixed = fixed;
    this.twoClocks = TellingRule.of(bundle.scorer());
  }

  /**
   * Trains twice, to the same networks, once with each rule.
   *
   * @param rate of false alarms that both rules are to keep, in (0, 1)
   */
  static DriftRun train(SensorTable train, TrainingSettings settings, double rate)
      throws IOException {
    TrainingSettings atRate = settings.withFalseAlarmRate(rate).withAlarms(AlarmSettings.SERIES);
    TrainingSettings fixed = atRate.withAlarms(AlarmSettings.SERIES.withRule(Rule.FIXED));
    try (TrainedBundle other = TrainedBundle.of(train, fixed)) {
      return new DriftRun(
          train, atRate, TrainedBundle.of(train, atRate), TellingRule.of(other.scorer()));
    }
  }

  /**
   * The same of both rules.
   *
   * @param fixed by one threshold
   * @param twoClocks by two clocks
   */
  record Both<T>(T fixed, T twoClocks) {}

  /** How normal rows stand that come after those of the training. */
  Both<Standings.Shares> falseAlarms(SensorTable check) {
    Both<Standings> standings = standings(check);
    return new Both<>(standings.fixed().shares(i -> true), standings.twoClocks().shares(i -> true));
  }

  /** How the rows of a table stand. */
  Both<Standings> standings(SensorTable table) {
    return new Both<>(
        Standings.of(scorer(), table, fixed), Standings.of(scorer(), table, twoClocks));
  }

  /**
   * Ramps on one sensor.
   *
   * @param lengths over how many rows
   * @param each of every size and length
   */
  List<Ramps.Ramp> ramps(List<Integer> lengths, int each, Random random) {
    SensorTable normal = TableRows.of(train, TellingRule.heldOutRows(train, settings));
    int[] sensors = BlamableSensors.of(train);
    return sensors.length == 0
        ? List.of()
        : new Ramps(scorer(), normal, sensors, random).run(lengths, each, this::standings);
  }

  private Scorer scorer() {
    return bundle.scorer();
  }

  @Override
  public void close() throws IOException {
    bundle.close();
  }
}
