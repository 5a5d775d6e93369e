package dev.elbow.benchmarks.pipeline;

import dev.elbow.alarm.Alarms;
import dev.elbow.alarm.Clocks;
import dev.elbow.alarm.Smoothing;
import dev.elbow.alarm.ThresholdOn;
import dev.elbow.alarm.TwoClocks;
import dev.elbow.bundle.Confidence;
import dev.elbow.bundle.HeldOutScores;
import dev.elbow.bundle.Lineage;
import dev.elbow.bundle.ModelBundle;
import dev.elbow.bundle.Tail;
import dev.elbow.bundle.Threshold;
import dev.elbow.row.Continuity;
import dev.elbow.row.FrontEnd;
import dev.elbow.row.RowTransform;
import dev.elbow.row.SensorScaling;
import dev.elbow.row.Window;
import dev.elbow.score.Draws;
import dev.elbow.score.ElboScores;
import dev.elbow.score.Mask;
import dev.elbow.score.NegativeElbo;
import dev.elbow.score.Rows;
import dev.elbow.score.Squash;
import dev.elbow.score.StandardNormal;
import dev.elbow.score.Whitening;
import dev.elbow.trainer.onnx.BundleExport;
import dev.elbow.trainer.vae.Activation;
import dev.elbow.trainer.vae.Architecture;
import dev.elbow.trainer.vae.TrainedMember;
import dev.elbow.trainer.vae.TrainedModel;
import dev.elbow.trainer.vae.Vae;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The shape of a model. Its weights are random: they cost as much to multiply with as any others,
 * and a threshold at the 99.9th percentile of its scores gives as many anomalies as a trained one.
 *
 * @param sensors D
 * @param hidden widths of the encoder's hidden layers, mirrored in the decoder
 * @param latents K
 * @param draws S, 1 to decode the posterior's mean alone
 * @param window W, rows the model sees one by one; 1 for a model of single rows
 */
public record Net(int sensors, List<Integer> hidden, int latents, int draws, int window) {

  /** 38-128-64-8: a machine of the usual size. */
  static final Net SMALL = new Net(38, List.of(128, 64), 8, 1, 1);

  /** 2432-512-128-16. */
  static final Net LARGE = new Net(2432, List.of(512, 128), 16, 1, 1);

  private static final int HELD_OUT = 2000;
  private static final double FALSE_ALARM_RATE = 0.001;
  private static final double CONFIDENCE = 0.95;

  /** On the alarm rule's statistic: about as many alarms as are set for. */
  private static final double SERIES_THRESHOLD = 6;

  /** A bundle of this shape for a plant's sensors. */
  ModelBundle bundle(Plant plant) {
    FrontEnd frontEnd = frontEnd(plant);
    Vae vae = Vae.random(architecture(frontEnd.features()), new Random(1));
    Draws eps =
        draws == 1 ? Draws.atTheMean(latents) : Draws.antithetic(draws, latents, new Random(2));
    HeldOutScores heldOut = HeldOutScores.of(scores(vae, eps, frontEnd));
    double[] golden = new SplittableRandom(2).doubles((long) window * sensors, 8, 12).toArray();
    return new BundleExport(
            new TrainedModel(
                frontEnd,
                List.of(new TrainedMember(vae, new StandardNormal())),
                Optional.empty(),
                eps),
            threshold(heldOut),
            alarms(),
            heldOut,
            List.of(),
            lineage(),
            List.of(golden),
            List.of(),
            "<html></html>")
        .toBundle();
  }

  private Architecture architecture(int features) {
    return new Architecture(features, latents, hidden, backwards(hidden), Activation.TANH, 0.2, 1);
  }

  private static List<Integer> backwards(List<Integer> widths) {
    return IntStream.range(0, widths.size())
        .mapToObj(i -> widths.get(widths.size() - 1 - i))
        .toList();
  }

  private FrontEnd frontEnd(Plant plant) {
    RowTransform transform =
        new RowTransform(
            plant.sensorNames().stream()
                .map(name -> new SensorScaling(name, Plant.MEAN, Plant.SCALE))
                .toList(),
            new Squash(50));
    return window == 1
        ? FrontEnd.ofRows(transform)
        : new FrontEnd(
            transform,
            Window.ofRows(window),
            new Continuity(Optional.of(Plant.STEP), Continuity.GAP_STEPS),
            Optional.of(identity(window * sensors)));
  }

  private static Whitening identity(int features) {
    double[] matrix = new double[Math.multiplyExact(features, features)];
    for (int f = 0; f < features; f++) {
      matrix[f * features + f] = 1;
    }
    return Whitening.of(new double[features], matrix);
  }

  /** Of rows that were not used for anything else; windows are scored as independent rows are. */
  private static double[] scores(Vae vae, Draws eps, FrontEnd frontEnd) {
    SplittableRandom random = new SplittableRandom(3);
    Rows x = Rows.zeros(HELD_OUT, frontEnd.features());
    for (int i = 0; i < x.values().length; i++) {
      x.values()[i] = frontEnd.transform().squash().apply(random.nextGaussian());
    }
    ElboScores scores =
        new NegativeElbo(vae, new StandardNormal(), eps)
            .score(x, Mask.all(HELD_OUT, frontEnd.features()));
    return IntStream.range(0, HELD_OUT).mapToDouble(scores::score).toArray();
  }

  private Threshold threshold(HeldOutScores heldOut) {
    double[] ascending = heldOut.ascending();
    double score = ascending[(int) ((1 - FALSE_ALARM_RATE) * ascending.length)];
    return new Threshold(
        window == 1 ? score : SERIES_THRESHOLD,
        FALSE_ALARM_RATE,
        new Tail.Empirical(),
        new Confidence(CONFIDENCE, score, Optional.empty(), 0, 1),
        heldOut.count(),
        heldOut.count(),
        FALSE_ALARM_RATE);
  }

  private Alarms alarms() {
    return window == 1
        ? Alarms.ROWS
        : new Alarms(
            Smoothing.SERIES,
            ThresholdOn.SMOOTHED,
            new TwoClocks(new Clocks(20, 0, 3), new TwoClocks.Normal(30, 3, 2)));
  }

  private static Lineage lineage() {
    return new Lineage(
        new Lineage.Generated("random weights, for measuring speed"),
        HELD_OUT,
        0,
        HELD_OUT,
        new TreeMap<>(),
        1,
        new TreeMap<>(),
        new TreeMap<>(),
        new TreeMap<>());
  }
}
