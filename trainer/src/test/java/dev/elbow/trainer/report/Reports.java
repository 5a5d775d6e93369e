package dev.elbow.trainer.report;

import dev.elbow.bundle.Confidence;
import dev.elbow.bundle.HeldOutScores;
import dev.elbow.bundle.Lineage;
import dev.elbow.bundle.Network;
import dev.elbow.bundle.Tail;
import dev.elbow.bundle.Threshold;
import dev.elbow.score.ElboScores;
import dev.elbow.score.Kl;
import dev.elbow.score.Rows;
import dev.elbow.trainer.report.TrainingReport.LossPoint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A report of a training that never was. */
final class Reports {

  static final List<String> SENSORS =
      List.of("pressure", "temperature", "flow", "vibration <x> & <y>", "current");

  private static final int ROWS = 400;

  private Reports() {}

  /**
   * @param collapsed how many of the four latents say nothing
   */
  static TrainingReport of(int collapsed, List<String> warnings) {
    var random = new SplittableRandom(1);
    ElboScores scores = scores(collapsed, random);
    double[] heldOut = IntStream.range(0, ROWS).mapToDouble(scores::score).toArray();
    HeldOutScores calibration = HeldOutScores.of(heldOut);
    return new TrainingReport(
        lineage(),
        SENSORS,
        new Network(List.of(64, 32), List.of(32, 64), "tanh", 0.2, 1, false),
        new Threshold(
            calibration.ascending()[ROWS - 4],
            0.01,
            new Tail.Empirical(),
            new Confidence(
                0.95,
                calibration.ascending()[ROWS - 9],
                Optional.of(calibration.ascending()[ROWS - 1]),
                0.003,
                0.022),
            ROWS,
            ROWS,
            1.0 / 401),
        calibration,
        scores,
        scores.kl().perLatent().orElseThrow(),
        curve(3000, 1, 0.6, random),
        curve(3000, 100, 0.05, random),
        warnings);
  }

  private static ElboScores scores(int collapsed, SplittableRandom random) {
    Rows contributions = Rows.zeros(ROWS, SENSORS.size());
    Rows kl = Rows.zeros(ROWS, 4);
    for (int i = 0; i < ROWS; i++) {
      for (int d = 0; d < SENSORS.size(); d++) {
        contributions.set(i, d, 0.4 * d - 0.5 + random.nextExponential());
      }
      for (int k = 0; k < 4; k++) {
        kl.set(i, k, k < collapsed ? 0.001 : 0.5 * k + random.nextDouble());
      }
    }
    Rows zeros = Rows.zeros(ROWS, SENSORS.size());
    return new ElboScores(contributions, Kl.sumOf(kl), zeros, zeros, zeros, zeros);
  }

  private static List<LossPoint> curve(
      int rounds, int every, double noise, SplittableRandom random) {
    return IntStream.iterate(every, round -> round <= rounds, round -> round + every)
        .mapToObj(
            round ->
                new LossPoint(
                    round,
                    2 + 6 * Math.exp(-round / 300.0) + noise * random.nextGaussian(),
                    3 - 2.5 * Math.exp(-round / 500.0) + 0.3 * noise * random.nextGaussian()))
        .toList();
  }

  private static Lineage lineage() {
    return new Lineage(
        new Lineage.CsvFiles(
            List.of(new Lineage.CsvFile("pump.csv", "0123456789abcdef".repeat(4), 2710))),
        2710,
        2267,
        ROWS,
        new TreeMap<>(Map.of("anomalous", 43L)),
        7,
        new TreeMap<>(Map.of("batch-size", "64", "learning-rate", "0.003", "mode", "alternating")),
        new TreeMap<>(Map.of("elbow", "0.1.0", "java", "17")),
        new TreeMap<>(Map.of("validationLoss", 5.0625)));
  }
}
