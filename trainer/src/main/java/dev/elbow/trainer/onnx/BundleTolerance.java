package dev.elbow.trainer.onnx;

import dev.elbow.score.Draws;
import dev.elbow.score.ElboScores;
import dev.elbow.score.Mask;
import dev.elbow.score.MeanNegativeElbo;
import dev.elbow.score.NegativeElbo;
import dev.elbow.score.Rows;
import dev.elbow.score.Whitening;
import dev.elbow.trainer.vae.TrainedMember;
import java.util.List;
import java.util.Optional;

/**
 * How far the score of a bundle, and any of its parts, may lie from that in double precision.
 *
 * <p>An error in the mean of the members is at most the mean of their errors. The Jacobian of the
 * squash and the mixture are in double on both sides, and the mixture's say only makes that of the
 * members' errors less. Whitening, in double on both sides, leaves the score's error as it is but
 * not that of the contributions, in which large parts of both signs may cancel. By (53) of {@code
 * docs/math.md}, with errors Δg, Δk and Δc of slopes, curvatures and costs, to first order
 *
 * <pre>
 *   Δe_j ≤ (Δg_j + |e_j| Δk_j) / k_j,   Δrest_j ≤ Δc_j + ½ |e_j| Δg_j + ½ |g_j| Δe_j
 *   Δcontribution_d ≤ ½ |A g|_d Σ_j Δe_j |A_dj|/n_j + ½ |e A⁻¹|_d Σ_j |A_dj| Δg_j + Σ_j A_dj²/n_j Δrest_j
 * </pre>
 *
 * <p>which is bounded by taking every product by its size.
 */
final class BundleTolerance {

  private final Whitening whitening;
  private final List<Float32Tolerance> tolerances;
  private final List<ElboScores> members;
  private final ElboScores mean;

  private BundleTolerance(
      Whitening whitening,
      List<Float32Tolerance> tolerances,
      List<ElboScores> members,
      ElboScores mean) {
    this.whitening = whitening;
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
  static double[] of(
      List<TrainedMember> members, Optional<Whitening> whitening, Draws draws, Rows x, Mask mask) {
    Rows u = whitening.map(map -> map.forward(x, mask)).orElse(x);
    Mask seen = whitening.isPresent() ? Mask.all(x.count(), x.columns()) : mask;
    List<NegativeElbo> elbos = members.stream().map(member -> member.negativeElbo(draws)).toList();
    List<Float32Tolerance> tolerances =
        members.stream().map(member -> new Float32Tolerance(member, u, seen)).toList();
    List<ElboScores> scores = elbos.stream().map(elbo -> elbo.score(u, seen)).toList();
    ElboScores mean = new MeanNegativeElbo(elbos).score(u, seen);
    double[] ofRows = new double[x.count()];
    for (int i = 0; i < ofRows.length; i++) {
      for (int m = 0; m < scores.size(); m++) {
        ofRows[i] += tolerances.get(m).ofScore(scores.get(m), i) / scores.size();
      }
      int row = i;
      ofRows[i] +=
          whitening
              .map(map -> new BundleTolerance(map, tolerances, scores, mean).ofContributions(row))
              .orElse(0.0);
    }
    return ofRows;
  }

  /** For the contributions of row {@code i}, summed in any way. */
  private double ofContributions(int i) {
    double[] g = mean.slope().row(i);
    double[] k = mean.curvature().row(i);
    double[] slopeError = errors(Float32Tolerance::ofSlope, i);
    double[] curvatureError = errors(Float32Tolerance::ofCurvature, i);
    double[] costError = errors(Float32Tolerance::ofContribution, i);
    double[] e = new double[g.length];
    double[] residualError = new double[g.length];
    double nats = 0;
    for (int j = 0; j < g.length; j++) {
      e[j] = g[j] / k[j];
      residualError[j] = (slopeError[j] + Math.abs(e[j]) * curvatureError[j]) / k[j];
      nats += costError[j] + 0.5 * Math.abs(e[j]) * slopeError[j];
      nats += 0.5 * Math.abs(g[j]) * residualError[j];
    }
    return nats + ofProducts(e, residualError, g, slopeError);
  }

  /** Σ_d of the error of ½ (e A⁻¹)_d (A g)_d. */
  private double ofProducts(double[] e, double[] residualError, double[] g, double[] slopeError) {
    double[] a = whitening.matrix();
    double[] squaredLengths = whitening.squaredLengths();
    double nats = 0;
    for (int d = 0; d < g.length; d++) {
      double slope = 0;
      double errorOfSlope = 0;
      double residual = 0;
      double errorOfResidual = 0;
      for (int j = 0; j < g.length; j++) {
        double weight = a[d * g.length + j];
        double back = weight / squaredLengths[j];
        slope += weight * g[j];
        errorOfSlope += Math.abs(weight) * slopeError[j];
        residual += back * e[j];
        errorOfResidual += Math.abs(back) * residualError[j];
      }
      nats += 0.5 * (Math.abs(slope) * errorOfResidual + Math.abs(residual) * errorOfSlope);
    }
    return nats;
  }

  /** A bound on one number of a member's scores. */
  @FunctionalInterface
  private interface Bound {
    double of(Float32Tolerance tolerance, ElboScores scores, int i, int j);
  }

  /** The mean over the members of a bound, for every white coordinate of row {@code i}. */
  private double[] errors(Bound bound, int i) {
    double[] errors = new double[whitening.features()];
    for (int m = 0; m < members.size(); m++) {
      for (int j = 0; j < errors.length; j++) {
        errors[j] += bound.of(tolerances.get(m), members.get(m), i, j) / members.size();
      }
    }
    return errors;
  }
}
