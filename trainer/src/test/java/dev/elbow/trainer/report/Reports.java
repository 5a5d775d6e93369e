package dev.elbow.trainer.report;

import dev.elbow.alarm.Alarms;
import dev.elbow.bundle.Confidence;
import dev.elbow.bundle.HeldOutScores;
import dev.elbow.bundle.Lineage;
import dev.elbow.bundle.Network;
import dev.elbow.bundle.Tail;
import dev.elbow.bundle.Threshold;
import dev.elbow.score.ElboScores;
import dev.elbow.score.Kl;
import dev.elbow.score.RowTerms;
import dev.elbow.score.Rows;
import dev.elbow.score.SensorScores;
import dev.elbow.trainer.health.GapToPca;
import dev.elbow.trainer.health.LatentHealth;
import dev.elbow.trainer.health.ModelHealth;
import dev.elbow.trainer.report.TrainingReport.LossPoint;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A report of a training that never was. */
final class Reports {

  static final List<String> SENSORS =
      List.of("pressure", "temperature", "flow", "vibration <x> & <y>", "current");

  private static final int ROWS = 400;
  private static final int LATENTS = 4;

  private Reports() {}

  /**
   * @param collapsed how many of the four latents say nothing
   */
  static TrainingReport of(int collapsed, List<String> warnings) {
    return of(ROWS, SENSORS, collapsed, warnings);
  }

  /** Of many rows and sensors. */
  static TrainingReport wide(int rows, int sensors) {
    List<String> names = IntStream.range(0, sensors).mapToObj(d -> "sensor.number." + d).toList();
    return of(rows, names, 0, List.of());
  }

  private static TrainingReport of(
      int rows, List<String> sensors, int collapsed, List<String> warnings) {
    var random = new SplittableRandom(1);
    SensorScores scores = scores(rows, sensors.size(), collapsed, random);
    double[] heldOut = IntStream.range(0, rows).mapToDouble(scores::score).toArray();
    HeldOutScores calibration = HeldOutScores.of(heldOut);
    double[] ascending = calibration.ascending();
    return new TrainingReport(
        lineage(rows),
        sensors,
        new Network(List.of(64, 32), List.of(32, 64), "tanh", 0.2, 1, false),
        new Threshold(
            ascending[rows - 4],
            0.01,
            new Tail.GeneralizedPareto(ascending[rows * 9 / 10], 0.1, 1.6, 0.05, rows / 10),
            new Confidence(
                0.95, ascending[rows - 9], Optional.of(ascending[rows - 1]), 0.003, 0.022),
            rows,
            rows,
            1.0 / (rows + 1)),
        Alarms.ROWS,
        calibration,
        new HeldOutRows(
            scores,
            heldOut,
            means(rows, collapsed, random),
            IntStream.range(0, rows).toArray(),
            Optional.of(Instant.parse("2024-05-01T06:00:00Z")),
            Optional.of(Instant.parse("2024-05-01T09:20:00Z"))),
        means(rows, collapsed, random),
        health(collapsed),
        curve(3000, 1, 0.6, random),
        curve(3000, 100, 0.05, random),
        OptionalInt.of(2400),
        List.of("Trained on windows of 8 rows: the rows resemble those before them."),
        warnings);
  }

  private static ModelHealth health(int collapsed) {
    List<LatentHealth> latents =
        IntStream.range(0, LATENTS)
            .mapToObj(
                k -> k < collapsed ? new LatentHealth(0.001, 0.0005) : new LatentHealth(0.5, 0.6))
            .toList();
    return new ModelHealth(List.of(latents), Optional.of(new GapToPca(3.2, 4.7, LATENTS)));
  }

  private static Rows means(int rows, int collapsed, SplittableRandom random) {
    Rows means = Rows.zeros(rows, LATENTS);
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < LATENTS; k++) {
        means.set(i, k, (k < collapsed ? 0.01 : 1) * random.nextGaussian());
      }
    }
    return means;
  }

  private static SensorScores scores(
      int rows, int sensors, int collapsed, SplittableRandom random) {
    Rows contributions = Rows.zeros(rows, sensors);
    Rows kl = Rows.zeros(rows, LATENTS);
    for (int i = 0; i < rows; i++) {
      for (int d = 0; d < sensors; d++) {
        contributions.set(i, d, 0.4 * d - 0.5 + random.nextExponential());
      }
      for (int k = 0; k < LATENTS; k++) {
        kl.set(i, k, k < collapsed ? 0.001 : 0.5 * k + random.nextDouble());
      }
    }
    double[] zeros = new double[sensors];
    return SensorScores.ofRows(
        new ElboScores(
            IntStream.range(0, rows).mapToDouble(contributions::sumOfRow).toArray(),
            Kl.sumOf(kl),
            i -> new RowTerms(contributions.row(i), zeros, zeros, zeros, zeros)));
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

  private static Lineage lineage(int rows) {
    return new Lineage(
        new Lineage.CsvFiles(
            List.of(new Lineage.DataFile("pump.csv", "0123456789abcdef".repeat(4), 2710))),
        2267 + rows + 43,
        2267,
        rows,
        new TreeMap<>(Map.of("anomalous", 43L)),
        7,
        new TreeMap<>(Map.of("batch-size", "64", "learning-rate", "0.003", "mode", "alternating")),
        new TreeMap<>(Map.of("elbow", "0.1.0", "java", "17")),
        new TreeMap<>(Map.of("validationLoss", 5.0625)));
  }
}
