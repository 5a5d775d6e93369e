package dev.elbow.detector;

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
import dev.elbow.score.Squash;
import dev.elbow.score.StandardNormal;
import dev.elbow.score.Whitening;
import dev.elbow.trainer.onnx.BundleExport;
import dev.elbow.trainer.vae.Activation;
import dev.elbow.trainer.vae.Architecture;
import dev.elbow.trainer.vae.TrainedMember;
import dev.elbow.trainer.vae.TrainedModel;
import dev.elbow.trainer.vae.Vae;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/**
 * Real bundles whose scores can be worked out by hand.
 *
 * <p>Every parameter of the network is 0, so the posterior is the prior (KL 0), and the decoder
 * expects 0 of every sensor with one fixed variance, log s² = 2 ln 0.2 · (1 − sigmoid(2)) = −0.383
 * 70. With mean 10 and scale 2, a sensor that reads 10 + 2z adds
 *
 * <pre>
 *   ½ (ln 2π − 0.3837 + z² · 1.46771) = 0.72709 + 0.73386 z²   nats.
 * </pre>
 */
public final class TestBundles {

  /** Each with mean 10 and scale 2. */
  public static final List<String> SENSORS = List.of("pressure", "flow", "heat", "noise");

  /** Between a row with all sensors at their mean, 2.908 nats, and one with a sensor 5σ off. */
  public static final double THRESHOLD = 10;

  private static final HeldOutScores HELD_OUT =
      HeldOutScores.of(new double[] {2.5, 3, 3.5, 4, 4.5, 5, 5.5, 6, 6.5});

  private TestBundles() {}

  /** Knows {@link #SENSORS} and any entity. */
  public static ModelBundle standard() {
    return bundle(SENSORS, List.of(), THRESHOLD);
  }

  /** One with sensors, entities and threshold of its own. */
  public static ModelBundle bundle(List<String> sensors, List<String> entities, double threshold) {
    return bundle(sensors, 2, entities, threshold(threshold, 0.1));
  }

  /** Its threshold is for a rate that the nine held-out rows cannot show. */
  public static ModelBundle withUnsupportedThreshold() {
    return bundle(SENSORS, 2, List.of(), threshold(THRESHOLD, 0.01));
  }

  /** A scale so small that a large value leaves the range of a double: there is no score. */
  public static ModelBundle withTinyScale() {
    return bundle(SENSORS, 1e-10, List.of(), threshold(THRESHOLD, 0.1));
  }

  /**
   * Looks on the last {@code rows} rows, which come once a second. Its whitening is the identity,
   * so a row scores as much as all rows of its window would one by one.
   */
  public static ModelBundle ofWindow(int rows, double scale, double threshold) {
    return bundle(windows(rows, scale), Alarms.ROWS, List.of(), threshold(threshold, 0.1));
  }

  /** The same with smoothed scores and alarms by two clocks. */
  public static ModelBundle ofSeries(int rows) {
    TwoClocks clocks = new TwoClocks(new Clocks(20, 0, 3), new TwoClocks.Normal(30, 3, 2));
    Alarms alarms = new Alarms(Smoothing.SERIES, ThresholdOn.SMOOTHED, clocks);
    return bundle(windows(rows, 2), alarms, List.of(), threshold(3, 0.1));
  }

  private static FrontEnd windows(int rows, double scale) {
    int features = rows * SENSORS.size();
    double[] identity = new double[features * features];
    for (int f = 0; f < features; f++) {
      identity[f * features + f] = 1;
    }
    return new FrontEnd(
        transform(SENSORS, scale),
        Window.ofRows(rows),
        new Continuity(Optional.of(Duration.ofSeconds(1)), Continuity.GAP_STEPS),
        Optional.of(Whitening.of(new double[features], identity)));
  }

  private static ModelBundle bundle(
      List<String> sensors, double scale, List<String> entities, Threshold threshold) {
    return bundle(FrontEnd.ofRows(transform(sensors, scale)), Alarms.ROWS, entities, threshold);
  }

  private static RowTransform transform(List<String> sensors, double scale) {
    return new RowTransform(
        sensors.stream().map(name -> new SensorScaling(name, 10, scale)).toList(), new Squash(50));
  }

  private static ModelBundle bundle(
      FrontEnd frontEnd, Alarms alarms, List<String> entities, Threshold threshold) {
    Architecture architecture =
        new Architecture(frontEnd.features(), 2, List.of(4), List.of(4), Activation.TANH, 0.2, 1);
    int values = frontEnd.window().rows() * frontEnd.transform().features();
    double[] golden = DoubleStream.generate(() -> 11).limit(values).toArray();
    return new BundleExport(
            new TrainedModel(
                frontEnd,
                List.of(new TrainedMember(Vae.zeros(architecture), new StandardNormal())),
                Optional.empty(),
                Draws.atTheMean(2)),
            threshold,
            alarms,
            HELD_OUT,
            entities,
            lineage(),
            List.of(golden),
            List.of(),
            "<html></html>")
        .toBundle();
  }

  private static Threshold threshold(double score, double falseAlarmRate) {
    return new Threshold(
        score,
        falseAlarmRate,
        new Tail.Empirical(),
        new Confidence(0.95, score, Optional.empty(), 0, 0.6),
        HELD_OUT.count(),
        HELD_OUT.count(),
        0.1);
  }

  private static Lineage lineage() {
    return new Lineage(
        new Lineage.Generated("by hand"),
        9,
        0,
        9,
        new TreeMap<>(),
        1,
        new TreeMap<>(),
        new TreeMap<>(),
        new TreeMap<>());
  }
}
