package dev.elbow.benchmarks.quality;

import dev.elbow.bundle.BundleReader;
import dev.elbow.bundle.HeldOutScores;
import dev.elbow.bundle.Lineage;
import dev.elbow.bundle.Tail;
import dev.elbow.bundle.Threshold;
import dev.elbow.scoring.ScoredRow;
import dev.elbow.scoring.Scorer;
import dev.elbow.trainer.TrainingRun;
import dev.elbow.trainer.TrainingSettings;
import dev.elbow.trainer.calibrate.CalibrationSample;
import dev.elbow.trainer.calibrate.ThresholdMethod;
import dev.elbow.trainer.calibrate.Thresholds;
import dev.elbow.trainer.data.SensorTable;
import dev.elbow.trainer.data.SensorTableBuilder;
import dev.elbow.trainer.fit.FitListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * Whether a threshold keeps the false-alarm rate it was set for, on the normal rows of a set: they
 * are shuffled, {@value #TRAINED} of them train a bundle as a user would, and the rest are held
 * against the thresholds that the bundle's held-out scores give.
 *
 * <p>Shuffled, rows are exchangeable, which is what a threshold can be held to. A stream in the
 * order of time may drift; that is measured elsewhere.
 */
final class FalseAlarmCheck {

  /** Fewer normal rows than this say nothing about rates of one in a hundred and less. */
  static final int FEWEST_ROWS = 1000;

  private static final double TRAINED = 0.6;

  private FalseAlarmCheck() {}

  /**
   * One set, trained with one seed.
   *
   * @param set its name
   * @param heldOut rows that set the thresholds
   * @param checked rows held against them
   * @param rates one for each that was asked for, in their order
   */
  record Result(String set, long heldOut, int checked, List<Realised> rates) {}

  /**
   * A rate and what became of it.
   *
   * @param asked in (0, 1)
   * @param realised the share of the checked rows above the threshold
   * @param pareto whether the threshold came from the Pareto tail
   * @param supported whether the rows were enough for the rate
   */
  record Realised(double asked, double realised, boolean pareto, boolean supported) {}

  /** The rows labelled normal of all tables, in a random order and without their timestamps. */
  static SensorTable shuffled(List<SensorTable> tables, long seed) {
    List<double[]> rows = new ArrayList<>();
    for (SensorTable table : tables) {
      int[] columns = table.columnsOf(tables.get(0).sensors());
      for (int i : table.normalRows()) {
        rows.add(table.row(i, columns));
      }
    }
    Collections.shuffle(rows, new Random(seed));
    return tableOf(tables.get(0).sensors(), rows);
  }

  private static SensorTable tableOf(List<String> sensors, List<double[]> rows) {
    SensorTableBuilder builder = SensorTable.of(sensors);
    rows.forEach(builder::add);
    return builder.build(new Lineage.Generated("normal rows, shuffled"));
  }

  /**
   * Trains on the first rows and checks on the rest.
   *
   * @param shuffled normal rows in a random order
   * @param settings of the training, for its table
   * @param rates false-alarm rates, each in (0, 1)
   */
  static Result of(
      String set,
      SensorTable shuffled,
      Function<SensorTable, TrainingSettings> settings,
      List<Double> rates)
      throws IOException {
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i < shuffled.count(); i++) {
      rows.add(shuffled.row(i));
    }
    int trained = (int) (TRAINED * rows.size());
    SensorTable train = tableOf(shuffled.sensors(), rows.subList(0, trained));
    try (TemporaryFolder folder = TemporaryFolder.create()) {
      Path bundle = folder.path().resolve("bundle");
      new TrainingRun(train, settings.apply(train)).writeTo(bundle, FitListener.silent());
      try (Scorer scorer = Scorer.open(BundleReader.read(bundle))) {
        HeldOutScores heldOut = scorer.bundle().calibration();
        double[] checked =
            scorer.score(rows.subList(trained, rows.size())).stream()
                .filter(ScoredRow::scorable)
                .mapToDouble(ScoredRow::score)
                .toArray();
        return new Result(
            set,
            heldOut.count(),
            checked.length,
            rates.stream().map(rate -> realised(heldOut, checked, rate)).toList());
      }
    }
  }

  private static Realised realised(HeldOutScores heldOut, double[] checked, double rate) {
    Threshold threshold =
        Thresholds.of(
            CalibrationSample.ofIndependent(heldOut.ascending()), rate, ThresholdMethod.AUTO);
    int alarms = 0;
    for (double score : checked) {
      alarms += score > threshold.score() ? 1 : 0;
    }
    return new Realised(
        rate,
        (double) alarms / checked.length,
        threshold.tail() instanceof Tail.GeneralizedPareto,
        threshold.supported());
  }
}
