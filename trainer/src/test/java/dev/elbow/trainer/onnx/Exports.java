package dev.elbow.trainer.onnx;

import dev.elbow.alarm.Alarms;
import dev.elbow.alarm.Clocks;
import dev.elbow.alarm.Smoothing;
import dev.elbow.alarm.ThresholdOn;
import dev.elbow.alarm.TwoClocks;
import dev.elbow.bundle.Confidence;
import dev.elbow.bundle.HeldOutScores;
import dev.elbow.bundle.Lineage;
import dev.elbow.bundle.Tail;
import dev.elbow.bundle.Threshold;
import dev.elbow.row.Continuity;
import dev.elbow.row.FrontEnd;
import dev.elbow.row.RowHistory;
import dev.elbow.row.RowTransform;
import dev.elbow.row.SensorScaling;
import dev.elbow.row.Window;
import dev.elbow.score.Draws;
import dev.elbow.score.ExemplarPrior;
import dev.elbow.score.Mask;
import dev.elbow.score.Rows;
import dev.elbow.score.Squash;
import dev.elbow.score.StandardNormal;
import dev.elbow.score.WeightedMixture;
import dev.elbow.score.Whitening;
import dev.elbow.trainer.data.ModelRows;
import dev.elbow.trainer.input.WhiteningFit;
import dev.elbow.trainer.mixture.MixtureFit;
import dev.elbow.trainer.mixture.MixtureSettings;
import dev.elbow.trainer.prior.ExemplarFit;
import dev.elbow.trainer.prior.PriorSettings;
import dev.elbow.trainer.vae.Architecture;
import dev.elbow.trainer.vae.TrainedMember;
import dev.elbow.trainer.vae.TrainedModel;
import dev.elbow.trainer.vae.Vae;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.dense.row.CommonOps_DDRM;

/** Exports of random networks. */
final class Exports {

  private static final Alarms ALARMS =
      new Alarms(
          Smoothing.SERIES,
          ThresholdOn.SMOOTHED,
          new TwoClocks(Clocks.DEFAULT, new TwoClocks.Normal(1.5, 0.75, 0.25)));

  private Exports() {}

  /** Weights as a fit leaves them: about twice as large as those it starts with. */
  static Vae vae(Architecture architecture, long seed) {
    Vae vae = Vae.random(architecture, new SplittableRandom(seed));
    vae.parameters().matrices().forEach(matrix -> CommonOps_DDRM.scale(2, matrix));
    var random = new SplittableRandom(seed);
    Stream.of(vae.encoder().skip(), vae.decoder().skip())
        .flatMap(Optional::stream)
        .forEach(skip -> Arrays.setAll(skip.weights().data, c -> random.nextDouble(-1, 1)));
    return vae;
  }

  /** One member with the standard prior. */
  static List<TrainedMember> standard(Architecture architecture) {
    return List.of(new TrainedMember(vae(architecture, 1), new StandardNormal()));
  }

  /** One member whose exemplars are its own posteriors. */
  static List<TrainedMember> exemplars(Architecture architecture) {
    Vae vae = vae(architecture, 1);
    return List.of(new TrainedMember(vae, exemplars(vae)));
  }

  /** Three members of one shape, the second with exemplars. */
  static List<TrainedMember> three() {
    Vae second = vae(Architecture.defaults(8), 2);
    return List.of(
        new TrainedMember(vae(Architecture.defaults(8), 1), new StandardNormal()),
        new TrainedMember(second, exemplars(second)),
        new TrainedMember(vae(Architecture.defaults(8), 3), new StandardNormal()));
  }

  private static ExemplarPrior exemplars(Vae vae) {
    var random = new SplittableRandom(6);
    Rows x = Rows.zeros(50, vae.features());
    Arrays.setAll(x.values(), c -> random.nextGaussian());
    var settings = new PriorSettings.Exemplars(40, PriorSettings.Factor.DEFAULT);
    return ExemplarFit.fit(vae, x, x, settings, random).prior();
  }

  static BundleExport of(Vae vae, int draws) {
    return of(List.of(new TrainedMember(vae, new StandardNormal())), draws);
  }

  static BundleExport of(List<TrainedMember> members, int draws) {
    int sensors = members.get(0).vae().features();
    return of(members, draws, FrontEnd.ofRows(transform(sensors)), Optional.empty());
  }

  /** Members that see single rows, beside a mixture. */
  static BundleExport withMixture(List<TrainedMember> members, int draws) {
    Vae vae = members.get(0).vae();
    FrontEnd frontEnd = FrontEnd.ofRows(transform(vae.features()));
    List<double[]> rows = observations(frontEnd.transform(), 400, 9);
    Rows x = Rows.zeros(rows.size(), vae.features());
    Mask mask = Mask.all(rows.size(), vae.features());
    for (int i = 0; i < rows.size(); i++) {
      frontEnd.transform().write(rows.get(i), x, mask, i);
    }
    var settings = new MixtureSettings(0.25, 30);
    return of(
        members,
        draws,
        frontEnd,
        MixtureFit.fit(new ModelRows(x, mask), vae, frontEnd.transform().squash(), settings, 3));
  }

  /** Members that see windows of that many sensors, whitened. */
  static BundleExport ofWindows(
      List<TrainedMember> members, int draws, Window window, int sensors) {
    RowTransform transform = transform(sensors);
    RowHistory history = new RowHistory(transform, window);
    Rows x = Rows.zeros(500, history.features());
    Mask mask = Mask.all(500, history.features());
    List<double[]> rows = observations(transform, 500 + window.rows(), 8);
    for (int t = 0; t < rows.size(); t++) {
      history.add(rows.get(t));
      if (t >= window.rows()) {
        history.write(x, mask, t - window.rows());
      }
    }
    Whitening whitening = WhiteningFit.fit(x, mask, 1e-3);
    var continuity = new Continuity(Optional.of(Duration.ofSeconds(1)), 10);
    return of(
        members,
        draws,
        new FrontEnd(transform, window, continuity, Optional.of(whitening)),
        Optional.empty());
  }

  private static RowTransform transform(int sensors) {
    return new RowTransform(
        IntStream.range(0, sensors)
            .mapToObj(d -> new SensorScaling("sensor" + d, 10 * d, 1 + 0.5 * d))
            .toList(),
        new Squash(3));
  }

  private static BundleExport of(
      List<TrainedMember> members,
      int draws,
      FrontEnd frontEnd,
      Optional<WeightedMixture> mixture) {
    Vae vae = members.get(0).vae();
    return new BundleExport(
        new TrainedModel(
            frontEnd,
            members,
            mixture,
            Draws.antithetic(draws, vae.latents(), new SplittableRandom(2))),
        new Threshold(
            3,
            0.25,
            new Tail.Empirical(),
            new Confidence(0.95, 1, Optional.empty(), 0.01, 0.6),
            4,
            4,
            0.2),
        ALARMS,
        HeldOutScores.of(new double[] {1, 2, 3, 4}),
        List.of(),
        new Lineage(
            new Lineage.Generated("random networks"),
            4,
            0,
            4,
            new TreeMap<>(),
            1,
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>()),
        windows(frontEnd, 6, 3),
        windows(frontEnd, 20, 4),
        "<!DOCTYPE html>");
  }

  /** That many windows, each of its own {@link #observations}, W·D values. */
  static List<double[]> windows(FrontEnd frontEnd, int count, long seed) {
    int rows = frontEnd.window().rows();
    List<double[]> all = observations(frontEnd.transform(), count * rows, seed);
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                all.subList(i * rows, (i + 1) * rows).stream()
                    .flatMapToDouble(Arrays::stream)
                    .toArray())
        .toList();
  }

  /** Standard normal in model units, every seventh value missing, every tenth row far out. */
  static List<double[]> observations(RowTransform transform, int count, long seed) {
    var random = new SplittableRandom(seed);
    return Stream.iterate(0, i -> i < count, i -> i + 1)
        .map(
            i ->
                IntStream.range(0, transform.features())
                    .mapToDouble(
                        d -> {
                          SensorScaling sensor = transform.sensors().get(d);
                          double v = random.nextGaussian() * (i % 10 == 9 ? 8 : 1);
                          return (i + d) % 7 == 6 && d > 0
                              ? Double.NaN
                              : sensor.mean() + sensor.scale() * v;
                        })
                    .toArray())
        .toList();
  }
}
