package dev.elbow.benchmarks.quality;

import dev.elbow.trainer.evaluate.DetectorResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The means over the sets of a family, and over the trainings on each, detector by detector.
 *
 * @param family the sets' family
 * @param sets how many there are
 * @param means one per detector, Elbow first
 */
record FamilyResult(String family, int sets, List<Mean> means) {

  /**
   * A detector's means.
   *
   * @param detector its name
   * @param areas mean AUC-ROC and AUC-PR
   * @param falseAlarmRate mean share of normal rows above the threshold, in [0, 1]
   */
  record Mean(String detector, Target.Areas areas, double falseAlarmRate) {}

  /** Copies the list. */
  FamilyResult {
    means = List.copyOf(means);
  }

  /**
   * Averages.
   *
   * @param trainings on each set, at least one
   * @param results one list per training, of the same detectors in the same order; at least one
   */
  static FamilyResult of(String family, int trainings, List<List<DetectorResult>> results) {
    List<Mean> means = new ArrayList<>();
    for (int k = 0; k < results.get(0).size(); k++) {
      int detector = k;
      means.add(
          new Mean(
              results.get(0).get(k).detector(),
              new Target.Areas(
                  mean(results, detector, DetectorResult::aucRoc),
                  mean(results, detector, DetectorResult::aucPr)),
              mean(results, detector, DetectorResult::falseAlarmRate)));
    }
    return new FamilyResult(family, results.size() / trainings, means);
  }

  private static double mean(
      List<List<DetectorResult>> results, int detector, ToDoubleFunction<DetectorResult> of) {
    return results.stream().map(set -> set.get(detector)).mapToDouble(of).average().orElseThrow();
  }

  /** Elbow's means. */
  Mean elbow() {
    return means.get(0);
  }

  /** The simple detector with the largest mean area of the kind asked for. */
  Mean bestBaseline(ToDoubleFunction<Target.Areas> area) {
    return means.stream()
        .skip(1)
        .max(Comparator.comparingDouble(mean -> area.applyAsDouble(mean.areas())))
        .orElseThrow();
  }
}
