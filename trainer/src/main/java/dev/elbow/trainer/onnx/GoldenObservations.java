package dev.elbow.trainer.onnx;

import dev.elbow.bundle.Golden;
import dev.elbow.bundle.Golden.GoldenObservation;
import dev.elbow.row.FrontEnd;
import dev.elbow.score.Mask;
import dev.elbow.score.Rows;
import dev.elbow.score.SensorScores;
import dev.elbow.trainer.vae.TrainedModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Chooses the observations that a bundle carries to prove itself, and scores them in double. */
public final class GoldenObservations {

  /** Where among the held-out scores the golden ones lie: typical ones and the strangest. */
  private static final double[] QUANTILES = {0, 0.25, 0.5, 0.75, 1};

  /** How many held-out observations tell what float32 loses, each whole and with gaps. */
  private static final int PROBES = 32;

  private GoldenObservations() {}

  /**
   * A handful of held-out observations: from the least strange to the strangest, and the middle one
   * again with every other value missing; of its newest row the first stays, so that there is
   * something to score.
   *
   * @param values the observation of that number with its window, W·D values in engineering units,
   *     the oldest row first, NaN = missing
   * @param sensors D
   * @param scores the observations' scores, in nats, finite, at least one
   * @throws IllegalArgumentException if there is none
   */
  public static List<double[]> choose(IntFunction<double[]> values, int sensors, double[] scores) {
    if (scores.length == 0) {
      throw new IllegalArgumentException("golden observations: expected at least one, found none");
    }
    int[] byScore = byScore(scores);
    List<double[]> chosen = new ArrayList<>();
    Arrays.stream(QUANTILES)
        .mapToInt(quantile -> (int) Math.round(quantile * (byScore.length - 1)))
        .distinct()
        .forEach(rank -> chosen.add(values.apply(byScore[rank]).clone()));
    chosen.add(everyOtherMissing(values.apply(byScore[byScore.length / 2]), sensors));
    return chosen;
  }

  /**
   * Held-out observations evenly spread from the least strange to the strangest, each as it is and
   * with every other value missing.
   *
   * @param values as {@link #choose} takes them
   * @param sensors D
   * @param scores the observations' scores, in nats, finite
   */
  public static List<double[]> probes(IntFunction<double[]> values, int sensors, double[] scores) {
    int[] byScore = byScore(scores);
    int count = Math.min(PROBES, byScore.length);
    return IntStream.range(0, count)
        .mapToObj(i -> values.apply(byScore[(int) ((long) i * byScore.length / count)]))
        .flatMap(some -> Stream.of(some.clone(), everyOtherMissing(some, sensors)))
        .toList();
  }

  private static int[] byScore(double[] scores) {
    return IntStream.range(0, scores.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> scores[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static double[] everyOtherMissing(double[] values, int sensors) {
    double[] some = values.clone();
    boolean stays = true;
    for (int row = some.length - sensors; row >= 0; row -= sensors) {
      for (int v = row; v < row + sensors; v++) {
        if (!Double.isNaN(some[v])) {
          some[v] = stays ? some[v] : Double.NaN;
          stays = !stays;
        }
      }
    }
    return some;
  }

  /**
   * The observations with their scores, and how far ONNX Runtime can be from them in the worst
   * case.
   */
  static Golden score(TrainedModel model, List<double[]> observations) {
    FrontEnd frontEnd = model.frontEnd();
    Rows x = Rows.zeros(observations.size(), frontEnd.features());
    Mask mask = Mask.all(observations.size(), frontEnd.features());
    for (int i = 0; i < observations.size(); i++) {
      frontEnd.windowOf(observations.get(i)).write(x, mask, i);
    }
    SensorScores scores = model.negativeElbo().score(x, mask);
    List<GoldenObservation> golden = new ArrayList<>();
    for (int i = 0; i < observations.size(); i++) {
      golden.add(
          new GoldenObservation(
              boxed(observations.get(i)),
              scores.score(i),
              scores.reconstruction(i),
              scores.kl(i),
              boxed(scores.blame(i).contributions())));
    }
    double[] tolerances = BundleTolerance.of(model, x, mask);
    return new Golden(Arrays.stream(tolerances).max().orElseThrow(), golden);
  }

  private static List<Double> boxed(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
