package dev.elbow.trainer.onnx;

import dev.elbow.bundle.Golden;
import dev.elbow.bundle.Golden.GoldenObservation;
import dev.elbow.trainer.vae.TrainedModel;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * How far the golden scores may lie, on any machine, from those in double precision.
 *
 * <p>What rounding can do at worst ({@link BundleTolerance}) is far above what it does: for the
 * bound each of a hundred thousand roundings goes the same way, at the largest gain of every layer.
 * Under a whitening it comes to tens of nats, and a network may be thoroughly wrong within that. So
 * the tolerance comes from what rounding <em>does</em>. On the machine of the training the same
 * networks are run by the same ONNX Runtime over some seventy observations, normal and strange,
 * whole and with gaps, and e is the largest error in any score, part of one or contribution.
 *
 * <p>Another machine sums in another order and fuses other multiplications: its roundings are other
 * draws of the same errors. A number of the score is a sum of very many of them, each bounded and
 * of mean zero, so its error is sub-Gaussian about 0 (Higham & Mary 2019, "A new approach to
 * probabilistic rounding error analysis", SIAM J. Sci. Comput. 41(5), theorem 2.4). e is the
 * largest of several hundred such errors at least, so hardly below two standard deviations of the
 * widest, and ten times e is beyond twenty: with room for a kernel whose exp or tanh is off by a
 * few last digits more.
 *
 * <p>A lucky measurement, such as 0 of networks with weights 0 and 1, must not forbid others their
 * roundings. By the same theorem a dot product of n terms loses about √n·u, u = 2⁻²⁴, and layers
 * that round independently add in squares, so a relative error of
 *
 * <pre>
 *   δ̃ = u · √( Σ_l (n_l + 2) )
 * </pre>
 *
 * <p>is granted on the sizes |KL| + Σ_d |contribution_d| of the golden observation where they are
 * largest, and on 1 nat. Altogether
 *
 * <pre>
 *   tolerance = min( worst case,  10 e + δ̃ (1 + max_i size_i) )
 * </pre>
 *
 * <p>rounded up to two digits: so that the last bits of e, which are as good as random, are not
 * published as if they meant something.
 */
final class GoldenTolerance {

  private static final double MULTIPLE = 10;

  private static final MathContext TWO_DIGITS_UP = new MathContext(2, RoundingMode.CEILING);

  private GoldenTolerance() {}

  /**
   * The golden observations under the tolerance that the bundle declares.
   *
   * @param worstCase the same with the bound that cannot be exceeded
   * @param measured e, in nats, at least 0
   */
  static Golden declared(TrainedModel model, Golden worstCase, double measured) {
    double usual = MULTIPLE * measured + floor(model, worstCase);
    double declared = new BigDecimal(usual).round(TWO_DIGITS_UP).doubleValue();
    return new Golden(Math.min(worstCase.tolerance(), declared), worstCase.observations());
  }

  private static double floor(TrainedModel model, Golden golden) {
    double largest =
        golden.observations().stream().mapToDouble(GoldenTolerance::size).max().orElseThrow();
    double delta =
        model.members().stream()
            .mapToDouble(
                member -> Float32Tolerance.U * Math.sqrt(Float32Tolerance.terms(member.vae())))
            .max()
            .orElseThrow();
    return delta * (1 + largest);
  }

  private static double size(GoldenObservation observation) {
    return Math.abs(observation.kl())
        + observation.contributions().stream().mapToDouble(Math::abs).sum();
  }
}
