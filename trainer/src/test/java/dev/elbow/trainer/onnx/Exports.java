package dev.elbow.trainer.onnx;

import dev.elbow.bundle.Confidence;
import dev.elbow.bundle.HeldOutScores;
import dev.elbow.bundle.Lineage;
import dev.elbow.bundle.Tail;
import dev.elbow.bundle.Threshold;
import dev.elbow.row.RowTransform;
import dev.elbow.row.SensorScaling;
import dev.elbow.row.Squash;
import dev.elbow.score.Draws;
import dev.elbow.score.ExemplarPrior;
import dev.elbow.score.Rows;
import dev.elbow.score.StandardNormal;
import dev.elbow.trainer.prior.ExemplarFit;
import dev.elbow.trainer.prior.PriorSettings;
import dev.elbow.trainer.vae.Architecture;
import dev.elbow.trainer.vae.TrainedMember;
import dev.elbow.trainer.vae.Vae;
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
    Vae vae = members.get(0).vae();
    RowTransform transform =
        new RowTransform(
            IntStream.range(0, vae.features())
                .mapToObj(d -> new SensorScaling("sensor" + d, 10 * d, 1 + 0.5 * d))
                .toList(),
            new Squash(3));
    return new BundleExport(
        members,
        transform,
        Draws.antithetic(draws, vae.latents(), new SplittableRandom(2)),
        new Threshold(
            3,
            0.25,
            new Tail.Empirical(),
            new Confidence(0.95, 1, Optional.empty(), 0.01, 0.6),
            4,
            4,
            0.2),
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
        observations(transform, 6, 3),
        "<!DOCTYPE html>");
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
