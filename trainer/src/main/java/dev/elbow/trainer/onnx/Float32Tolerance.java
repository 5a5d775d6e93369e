package dev.elbow.trainer.onnx;

import dev.elbow.score.ElboScores;
import dev.elbow.trainer.vae.Affine;
import dev.elbow.trainer.vae.Vae;
import java.util.stream.Stream;

/**
 * How far the score of float32 networks may lie from that of the double-precision ones.
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
 */
final class Float32Tolerance {

  /** Unit roundoff of float32. */
  private static final double U = 0x1p-24;

  private static final double LN_2PI = Math.log(2 * Math.PI);

  private final double delta;
  private final double sigmaMin;

  Float32Tolerance(Vae vae) {
    this.delta = U * affines(vae).mapToDouble(affine -> affine.in() + 2).sum();
    this.sigmaMin = vae.architecture().sigmaMin();
  }

  /** For the score of row {@code i}, and so for each of its parts, in nats; positive. */
  double ofScore(ElboScores scores, int i) {
    double nats = ofKl(scores, i);
    for (int d = 0; d < scores.contributions().columns(); d++) {
      nats += ofContribution(scores, i, d);
    }
    return nats;
  }

  /** For sensor {@code d}'s share of the reconstruction, in nats; positive. */
  double ofContribution(ElboScores scores, int i, int d) {
    double c = scores.contributions().get(i, d);
    return delta * (0.5 + 0.5 / sigmaMin) * (1 - LN_2PI - 2 * Math.log(sigmaMin) + 2 * c);
  }

  /** For the KL term, in nats; positive. */
  double ofKl(ElboScores scores, int i) {
    return delta * (scores.kl(i) + 7.5 * scores.kl().columns());
  }

  private static Stream<Affine> affines(Vae vae) {
    return Stream.of(
            vae.encoder().hidden().layers().stream(),
            Stream.of(vae.encoder().mu()),
            vae.decoder().hidden().layers().stream(),
            Stream.of(vae.decoder().mean()))
        .flatMap(layers -> layers);
  }
}
