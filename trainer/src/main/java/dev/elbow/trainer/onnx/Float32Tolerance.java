package dev.elbow.trainer.onnx;

import dev.elbow.score.ElboScores;
import dev.elbow.score.ExemplarPrior;
import dev.elbow.score.Mask;
import dev.elbow.score.Prior;
import dev.elbow.score.RowTerms;
import dev.elbow.score.Rows;
import dev.elbow.trainer.vae.TrainedMember;
import dev.elbow.trainer.vae.Vae;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * How far the score of a member's float32 networks may lie from that of the double-precision ones.
 *
 * <p>A dot product of n terms loses at most n·u, u = 2⁻²⁴, of the sum of its terms' sizes (Higham
 * 2002, "Accuracy and Stability of Numerical Algorithms", section 3.1), and typically √n·u. Through
 * all layers of encoder and decoder, with n_l inputs each, a network's output is therefore taken to
 * be within
 *
 * <pre>
 *   δ = u · Σ_l (n_l + 2)
 * </pre>
 *
 * <p>where 2 stands for bias and activation, and the room between n and √n for the gains of the
 * layers. Such an error in m and T = log s² moves a sensor's share c = ½ (ln 2π + T + r²/s²) by at
 * most δ (½ (1 + r²/s²) + |r|/s²) to first order; with |r|/s² ≤ (1 + r²/s²)/(2 s_min) and r²/s² ≤
 * 2c − ln 2π − 2 ln s_min this is
 *
 * <pre>
 *   Δc  ≤ δ (½ + 1/(2 s_min)) (1 − ln 2π − 2 ln s_min + 2c)
 *   ΔKL ≤ δ Σ_k (|μ_k| + ½ |exp(S_k) − 1|) ≤ δ (KL + 7½ K),   since S ≥ −12
 * </pre>
 *
 * <p>Under an exemplar prior of variances v the term is W(S) + Q(μ), both at least 0. W = Σ_k ½
 * (exp t_k − 1 − t_k), t_k = S_k − ln v_k, has the slope ½ (exp t_k − 1), which is at least −½ and
 * at most W_k + ½ (6 − ln v_k), since S ≤ 6. Q = −ln Σ_j w_j exp(−½ |μ − E_j|²/v) has the slope g_k
 * = Σ_j r_j (μ_k − E_jk)/v_k with the r_j ≥ 0 of sum 1; as Σ_j r_j ½ |μ − E_j|²/v ≤ Q, Cauchy and
 * Schwarz give Σ_k |g_k| ≤ √(2Q Σ_k 1/v_k), and Q curves by at most 1/v_k along μ_k:
 *
 * <pre>
 *   ΔKL ≤ δ (KL + Σ_k ½ max(1, 6 − ln v_k) + √(2 KL Σ_k 1/v_k) + ½ δ Σ_k 1/v_k)
 * </pre>
 */
final class Float32Tolerance {

  /** Unit roundoff of float32. */
  static final double U = 0x1p-24;

  private static final double LN_2PI = Math.log(2 * Math.PI);

  /** Of a whole row. */
  private final double delta;

  /** Of each row: larger where missing cells were filled. */
  private final double[] deltas;

  private final double sigmaMin;
  private final int latents;
  private final Prior prior;

  /**
   * @param x the rows in question, as the networks see them
   * @param mask which of their cells were observed
   */
  Float32Tolerance(TrainedMember member, Rows x, Mask mask) {
    Vae vae = member.vae();
    this.latents = vae.latents();
    this.prior = member.prior();
    this.delta = U * terms(vae);
    this.sigmaMin = vae.architecture().sigmaMin();
    this.deltas = FilledCells.errors(vae, x, mask, delta);
    for (int i = 0; i < deltas.length; i++) {
      deltas[i] += delta;
    }
  }

  /** For the score of row {@code i}, and so for each of its parts, in nats; positive. */
  double ofScore(ElboScores scores, int i) {
    RowTerms terms = scores.terms(i);
    double nats = ofKl(scores, i);
    for (int d = 0; d < terms.contributions().length; d++) {
      nats += ofContribution(terms, i, d);
    }
    return nats;
  }

  /** For sensor {@code d}'s share of the reconstruction, in nats; positive. */
  double ofContribution(RowTerms terms, int i, int d) {
    double c = terms.contributions()[d];
    return deltas[i] * (0.5 + 0.5 / sigmaMin) * (1 - LN_2PI - 2 * Math.log(sigmaMin) + 2 * c);
  }

  /**
   * For the slope of sensor {@code d}'s share, the mean of r/s²: an error δ in m and T moves it by
   * at most δ (1/s² + |r|/s²), and |r|/s² ≤ (1 + r²/s²)/(2 s_min).
   */
  double ofSlope(RowTerms terms, int i, int d) {
    double c = terms.contributions()[d];
    double size = (1 - LN_2PI - 2 * Math.log(sigmaMin) + 2 * c) / (2 * sigmaMin);
    return deltas[i] * (terms.curvature()[d] + size);
  }

  /** For the curvature, the mean of 1/s². */
  double ofCurvature(RowTerms terms, int i, int d) {
    return deltas[i] * terms.curvature()[d];
  }

  /** For the KL term, in nats; positive. */
  double ofKl(ElboScores scores, int i) {
    double kl = scores.kl(i);
    return prior instanceof ExemplarPrior exemplars
        ? ofKl(kl, exemplars.variances(), deltas[i])
        : deltas[i] * (kl + 7.5 * latents);
  }

  private static double ofKl(double kl, double[] variances, double delta) {
    double widths = Arrays.stream(variances).map(v -> 0.5 * Math.max(1, 6 - Math.log(v))).sum();
    double precisions = Arrays.stream(variances).map(v -> 1 / v).sum();
    return delta
        * (kl + widths + Math.sqrt(2 * Math.max(0, kl) * precisions) + 0.5 * delta * precisions);
  }

  /** Σ_l (n_l + 2); a linear skip adds its inputs to those of the head. */
  static double terms(Vae vae) {
    double layers =
        Stream.of(
                vae.encoder().hidden().layers().stream(),
                Stream.of(vae.encoder().mu()),
                vae.decoder().hidden().layers().stream(),
                Stream.of(vae.decoder().mean()))
            .flatMap(affines -> affines)
            .mapToDouble(affine -> affine.in() + 2)
            .sum();
    return vae.architecture().linearSkips() ? layers + vae.features() + vae.latents() : layers;
  }
}
