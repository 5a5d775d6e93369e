package dev.elbow.trainer.onnx;

import dev.elbow.row.FrontEnd;
import dev.elbow.score.ElboScores;
import dev.elbow.score.Mask;
import dev.elbow.score.MeanNegativeElbo;
import dev.elbow.score.NegativeElbo;
import dev.elbow.score.RowTerms;
import dev.elbow.score.Rows;
import dev.elbow.score.Whitening;
import dev.elbow.score.WindowBlame;
import dev.elbow.trainer.vae.TrainedMember;
import dev.elbow.trainer.vae.TrainedModel;
import java.util.List;
import java.util.Optional;

/**
 * How far the score of a bundle, and any of its parts, may lie from that in double precision.
 *
 * <p>An error in the mean of the members is at most the mean of their errors. The Jacobian of the
 * squash and the mixture are in double on both sides, and the mixture's say only makes that of the
 * members' errors less. Whitening, in double on both sides, leaves the score's error as it is but
 * not that of the contributions. Let Δg, Δk and Δc be the errors of slopes, curvatures and costs, ĝ
 * = g/√k, so that q = ½ |ĝ|², and κ the largest Δk/k. In these coordinates to integrate features
 * out is to project ĝ; the projection turns by at most κ, and does so once for what is missing and
 * once for a sensor, of which Δ_d = ½ |P_d ĝ|². With q₀ the q before anything is integrated out, to
 * first order
 *
 * <pre>
 *   |Δĝ| ≤ G = √(Σ_j Δg_j²/k_j) + 3/2 κ √(2q₀),   Δq ≤ √(2q) G,   ΔΔ_d ≤ √(2Δ_d) (G + κ √(2q))
 * </pre>
 *
 * <p>Any sum of the first parts of (53) of {@code docs/math.md}, q Δ_d / Σ_e Δ_e, is therefore off
 * by at most Δq + 2 q Σ_d ΔΔ_d / Σ_e Δ_e, and of the second parts by at most the sum over j of
 *
 * <pre>
 *   Δrest_j ≤ Δc_j + ½ |e_j| Δg_j + ½ |g_j| Δe_j,   Δe_j ≤ (Δg_j + |e_j| Δk_j) / k_j
 * </pre>
 */
final class BundleTolerance {

  private final FrontEnd frontEnd;
  private final Mask mask;
  private final List<Float32Tolerance> tolerances;
  private final List<ElboScores> members;
  private final ElboScores mean;

  private BundleTolerance(
      FrontEnd frontEnd,
      Mask mask,
      List<Float32Tolerance> tolerances,
      List<ElboScores> members,
      ElboScores mean) {
    this.frontEnd = frontEnd;
    this.mask = mask;
    this.tolerances = tolerances;
    this.members = members;
    this.mean = mean;
  }

  /**
   * For each row, the largest of the score's tolerance and that of any sum of contributions.
   *
   * @param x N×F, before whitening
   * @param mask N×F
   * @return in nats, positive
   */
  static double[] of(TrainedModel model, Rows x, Mask mask) {
    FrontEnd frontEnd = model.frontEnd();
    List<TrainedMember> members = model.members();
    Optional<Whitening> whitening = frontEnd.whitening();
    Rows u = whitening.map(map -> map.forward(x, mask)).orElse(x);
    Mask seen = whitening.isPresent() ? Mask.all(x.count(), x.columns()) : mask;
    List<NegativeElbo> elbos =
        members.stream().map(member -> member.negativeElbo(model.draws())).toList();
    List<Float32Tolerance> tolerances =
        members.stream().map(member -> new Float32Tolerance(member, u, seen)).toList();
    List<ElboScores> scores = elbos.stream().map(elbo -> elbo.score(u, seen)).toList();
    ElboScores mean = MeanNegativeElbo.mean(elbos, u, seen);
    double[] ofRows = new double[x.count()];
    for (int i = 0; i < ofRows.length; i++) {
      for (int m = 0; m < scores.size(); m++) {
        ofRows[i] += tolerances.get(m).ofScore(scores.get(m), i) / scores.size();
      }
      int row = i;
      ofRows[i] +=
          whitening
              .map(
                  map ->
                      new BundleTolerance(frontEnd, mask, tolerances, scores, mean)
                          .ofContributions(map, row))
              .orElse(0.0);
    }
    return ofRows;
  }

  /** For the contributions of row {@code i}, summed in any way. */
  private double ofContributions(Whitening whitening, int i) {
    RowTerms terms = mean.terms(i);
    double[] g = terms.slope();
    double[] k = terms.curvature();
    double[] slopeError = errors(Float32Tolerance::ofSlope, i);
    double[] curvatureError = errors(Float32Tolerance::ofCurvature, i);
    double[] costError = errors(Float32Tolerance::ofContribution, i);
    double nats = 0;
    double squaredError = 0;
    double kappa = 0;
    double q0 = 0;
    for (int j = 0; j < g.length; j++) {
      double e = g[j] / k[j];
      double residualError = (slopeError[j] + Math.abs(e) * curvatureError[j]) / k[j];
      nats += costError[j] + 0.5 * (Math.abs(e) * slopeError[j] + Math.abs(g[j]) * residualError);
      squaredError += slopeError[j] * slopeError[j] / k[j];
      kappa = Math.max(kappa, curvatureError[j] / k[j]);
      q0 += 0.5 * e * g[j];
    }
    double error = Math.sqrt(squaredError) + 1.5 * kappa * Math.sqrt(2 * q0);
    int sensors = frontEnd.transform().features();
    return nats + ofFalls(new WindowBlame(whitening, sensors).falls(terms, mask, i), error, kappa);
  }

  /**
   * Δq + 2 q Σ_d ΔΔ_d / Σ_e Δ_e.
   *
   * @param error G
   */
  private static double ofFalls(WindowBlame.Falls falls, double error, double kappa) {
    double q = falls.quadratic();
    if (falls.sum() == 0) {
      return 0;
    }
    double lengths = falls.ofSensors().stream().mapToDouble(fall -> Math.sqrt(2 * fall)).sum();
    double turned = error + kappa * Math.sqrt(2 * q);
    return Math.sqrt(2 * q) * error + 2 * q * lengths * turned / falls.sum();
  }

  /** A bound on one number of a member's scores. */
  @FunctionalInterface
  private interface Bound {
    double of(Float32Tolerance tolerance, RowTerms terms, int i, int j);
  }

  /** The mean over the members of a bound, for every white coordinate of row {@code i}. */
  private double[] errors(Bound bound, int i) {
    double[] errors = new double[frontEnd.features()];
    for (int m = 0; m < members.size(); m++) {
      RowTerms terms = members.get(m).terms(i);
      for (int j = 0; j < errors.length; j++) {
        errors[j] += bound.of(tolerances.get(m), terms, i, j) / members.size();
      }
    }
    return errors;
  }
}
