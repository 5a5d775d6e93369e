package dev.elbow.trainer.evaluate;

import java.util.BitSet;

/**
 * VUS-PR: the area under the precision-recall curve of a labelled series, averaged over how much an
 * alarm may be early or late.
 *
 * <p>The labels of events are rarely exact to the row. For a buffer of ℓ rows a label fades out
 * over ℓ/2 rows on either side of each event, so that an alarm just beside it is partly right:
 *
 * <pre>
 *   y_ℓ(i)  = 1 inside an event; √(1 − a/ℓ) at a ≤ ⌊ℓ/2⌋ rows from one, added up and at most 1; else 0
 *   TP(t)   = Σ_i y_ℓ(i) 1[s_i ≥ t],     P = ½ Σ_i (y(i) + y_ℓ(i))
 *   R(t)    = min(1, TP/P) · (share of the fading events with an alarm)
 *   Pr(t)   = TP / #{s_i ≥ t}
 *   VUS-PR  = mean over ℓ = 0, 1, …, L of Σ_t (R_t − R_{t−1}) Pr_t
 * </pre>
 *
 * <p>At ℓ = 0 it is not the plain average precision: the share of events found is in it. Thresholds
 * are all distinct scores, where the authors' code takes 250 of them, and labels fade equally far
 * on both sides, as in their paper. Labels do not fade from one entity's series into another's.
 *
 * <p>Source: Paparrizos, Boniol, Palpanas, Tsay, Elmore and Franklin 2022, "Volume Under the
 * Surface", PVLDB 15(11), section 4.
 */
final class VolumeUnderSurface {

  private VolumeUnderSurface() {}

  /**
   * VUS-PR, in [0, 1].
   *
   * @param scores by place, not NaN; not modified
   * @param widest L, the largest buffer, in rows, at least 0
   * @throws IllegalArgumentException if there is no event or a score is NaN
   */
  static double pr(LabelledSeries series, double[] scores, int widest) {
    if (series.events().isEmpty()) {
      throw new IllegalArgumentException("VUS-PR: expected an event, found none");
    }
    Steps steps = Steps.descending(scores);
    double sum = 0;
    for (int buffer = 0; buffer <= widest; buffer++) {
      sum += averagePrecision(steps, new FadedLabels(series, buffer));
    }
    return sum / (widest + 1);
  }

  private static double averagePrecision(Steps steps, FadedLabels labels) {
    BitSet found = new BitSet();
    double truePositives = 0;
    int flagged = 0;
    double recall = 0;
    double area = 0;
    for (int step = 0; step < steps.count(); step++) {
      for (int place : steps.rows(step)) {
        flagged++;
        truePositives += labels.y(place);
        labels.eventAt(place).ifPresent(found::set);
      }
      double recallBefore = recall;
      recall =
          Math.min(1, truePositives / labels.positives()) * found.cardinality() / labels.events();
      area += (recall - recallBefore) * truePositives / flagged;
    }
    return area;
  }
}
