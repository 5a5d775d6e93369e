package dev.elbow.bundle;

import dev.elbow.alarm.Alarms;
import dev.elbow.alarm.Clocks;
import dev.elbow.alarm.Smoothing;
import dev.elbow.alarm.ThresholdOn;
import dev.elbow.alarm.TwoClocks;
import dev.elbow.bundle.Golden.GoldenObservation;
import dev.elbow.row.SensorScaling;
import dev.elbow.score.Draws;
import dev.elbow.score.ExemplarMixture;
import dev.elbow.score.ExemplarPrior;
import dev.elbow.score.Prior;
import dev.elbow.score.Rows;
import dev.elbow.score.SensorMap;
import dev.elbow.score.SensorMaps;
import dev.elbow.score.Squash;
import dev.elbow.score.StandardNormal;
import dev.elbow.score.WeightedMixture;
import dev.elbow.score.Whitening;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A small bundle for the tests of this package; its networks are not networks. */
final class Bundles {

  static final HeldOutScores CALIBRATION = HeldOutScores.of(new double[] {3.5, -1.25, 2, 2});

  static final Golden GOLDEN =
      new Golden(
          1e-4,
          List.of(
              new GoldenObservation(
                  List.of(0.41, 50.5, 1201.0, 0.38, 51.5, 1200.0),
                  2.5,
                  2.25,
                  0.25,
                  List.of(1.0, 0.25, 1.0)),
              new GoldenObservation(
                  List.of(0.41, 50.5, 1201.0, 0.38, Double.NaN, 1200.0),
                  2.25,
                  2.0,
                  0.25,
                  List.of(1.0, 0.0, 1.0))));

  /** The two rows of a sensor by their sum and their difference. */
  private static final Whitening WHITENING =
      Whitening.of(
          new double[] {0.5, 0, -0.25, 0.5, 0, -0.25},
          new double[] {
            0.5, 0, 0, 2, 0, 0, 0, 0.5, 0, 0, 2, 0, 0, 0, 0.5, 0, 0, 2, 0.5, 0, 0, -2, 0, 0, 0, 0.5,
            0, 0, -2, 0, 0, 0, 0.5, 0, 0, -2
          });

  private static final List<Member> MEMBERS =
      List.of(
          member("first", new StandardNormal()),
          member(
              "second",
              new ExemplarPrior(
                  Rows.copyOf(new double[][] {{0.5, -1}, {1.25, 2}}),
                  new double[] {0.75, 0.25},
                  new double[] {0.5, 0.125})));

  private Bundles() {}

  private static Member member(String name, Prior prior) {
    return Member.of(
        ("the encoder of the " + name).getBytes(StandardCharsets.UTF_8),
        ("the decoder of the " + name).getBytes(StandardCharsets.UTF_8),
        prior);
  }

  static ModelBundle small() {
    return of(manifest(CALIBRATION.count()), GOLDEN);
  }

  private static final Squash SQUASH = new Squash(3);

  /** Three exemplars of three sensors, the map of the last with a knot more. */
  private static final WeightedMixture MIXTURE =
      new WeightedMixture(
          0.25,
          new ExemplarMixture(
              new SensorMaps(
                  List.of(
                      new SensorMap(new double[] {-1, 1.5}, new double[] {-1.25, 1}),
                      new SensorMap(new double[] {0, 1}, new double[] {0, 1}),
                      new SensorMap(new double[] {-2, 0, 3}, new double[] {-2, 0.25, 0.5})),
                  SQUASH),
              Rows.copyOf(new double[][] {{0.5, -1, 0}, {1.25, 2, 0.5}, {-0.75, 0, 1}}),
              new double[] {0.5, 0.375, 0.125},
              new double[] {2, 0.5, 0, 0, 4, -1, 0, 0, 1.5}));

  private static final Golden GOLDEN_OF_ROWS =
      new Golden(
          1e-4,
          List.of(
              new GoldenObservation(
                  List.of(0.41, 50.5, 1201.0), 2.5, 2.25, 0.25, List.of(1.0, 0.25, 1.0))));

  /** One of single rows, with a mixture. */
  static ModelBundle ofRows() {
    Manifest windows = manifest(CALIBRATION.count());
    return ModelBundle.of(
        new Manifest(
            windows.sensors(),
            SQUASH,
            WindowEntry.SINGLE_ROW,
            windows.latents(),
            windows.draws(),
            windows.members(),
            MixtureEntry.of(Optional.of(MIXTURE)),
            List.of(),
            windows.threshold(),
            windows.alarms(),
            windows.network(),
            windows.lineage()),
        GOLDEN_OF_ROWS,
        CALIBRATION,
        Optional.empty(),
        MEMBERS,
        Optional.of(MIXTURE),
        "<!DOCTYPE html><title>Report</title>\n");
  }

  static ModelBundle of(Manifest manifest, Golden golden) {
    return ModelBundle.of(
        manifest,
        golden,
        CALIBRATION,
        Optional.of(WHITENING),
        MEMBERS,
        Optional.empty(),
        "<!DOCTYPE html><title>Report</title>\n");
  }

  static Manifest manifest(long heldOutRows) {
    return manifest(
        heldOutRows,
        new Lineage.CsvFiles(
            List.of(new Lineage.DataFile("pump.csv", "0123456789abcdef".repeat(4), 30))));
  }

  private static final Alarms ALARMS =
      new Alarms(
          new Smoothing(0.1),
          ThresholdOn.SMOOTHED,
          new TwoClocks(new Clocks(100, 0, 3), new TwoClocks.Normal(1.5, 0.75, 0.25)));

  static Manifest manifest(long heldOutRows, Lineage.Source source) {
    return manifest(
        new Threshold(
            3.5,
            0.25,
            new Tail.Empirical(),
            new Confidence(0.95, -1.25, Optional.empty(), 0.01, 0.6),
            heldOutRows,
            4,
            0.2),
        source);
  }

  static Manifest manifest(Threshold threshold, Lineage.Source source) {
    return new Manifest(
        List.of(
            new SensorScaling("pressure", 0.4, 0.05),
            new SensorScaling("temperature", 50, 2),
            new SensorScaling("speed", 1200, 1)),
        new Squash(3),
        new WindowEntry(List.of(1, 1), Optional.of(1.0), 10),
        2,
        Manifest.drawsOf(Draws.atTheMean(2)),
        MEMBERS.stream().map(Member::entry).toList(),
        new MixtureEntry.None(),
        List.of("pump-1", "pump-2"),
        threshold,
        ALARMS,
        new Network(List.of(64, 32), List.of(32, 64), "tanh", 0.2, 1, true),
        lineage(source));
  }

  private static Lineage lineage(Lineage.Source source) {
    return new Lineage(
        source,
        30,
        24,
        4,
        new TreeMap<>(Map.of("anomalous", 2L)),
        7,
        new TreeMap<>(Map.of("epochs", "100", "learningRate", "0.003")),
        new TreeMap<>(Map.of("elbow", "0.1.0", "java", "17")),
        new TreeMap<>(Map.of("validationLoss", 1.75)));
  }
}
