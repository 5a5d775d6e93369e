package dev.elbow.trainer.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbow.score.Mask;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every gradient against (L(w + h) − L(w − h)) / 2h: three rows of four sensors, two of them
 * missing somewhere, three draws per row, and one latent held by each end of the clamp on log σ².
 */
class CentralDifferencesTest {

  private static final int ROWS = 3;
  private static final int FEATURES = 4;
  private static final int LATENTS = 3;
  private static final int DRAWS = 3;

  /** The four-point difference errs by order h⁴, and by rounding of order 1e-16 · L / h. */
  private static final double H = 1e-4;

  /** Well above both, with the loss up to some thousand and its fifth derivatives up to 1e8. */
  private static final double TOLERANCE = 1e-7;

  private final RandomGenerator random = new SplittableRandom(4);
  private final DMatrixRMaj x = normal(ROWS, FEATURES);
  private final DMatrixRMaj eps = normal(DRAWS * ROWS, LATENTS);
  private final Mask mask = Mask.all(ROWS, FEATURES);

  CentralDifferencesTest() {
    miss(0, 1);
    miss(2, 3);
  }

  private void miss(int i, int d) {
    mask.miss(i, d);
    x.set(i, d, 0);
  }

  static Stream<Architecture> architectures() {
    return Arrays.stream(Activation.values())
        .map(CentralDifferencesTest::architecture)
        .flatMap(plain -> Stream.of(plain, plain.withLinearSkips(true)));
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void gradientOfThetaIsTheSlopeOfTheLoss(Architecture architecture) {
    Vae vae = vae(architecture);
    Elbo elbo = new Elbo(vae);
    elbo.forward(x, mask, eps);

    Parameters gradient = elbo.gradientOfTheta();

    assertIsSlope(vae, vae.decoder().parameters(), gradient);
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void gradientOfPhiIsTheSlopeOfTheLoss(Architecture architecture) {
    Vae vae = vae(architecture);
    Elbo elbo = new Elbo(vae);
    elbo.forward(x, mask, eps);

    Parameters gradient = elbo.gradientOfPhi();

    assertIsSlope(vae, vae.encoder().parameters(), gradient);
  }

  @Test
  void gradientsOfNetworksWithoutHiddenLayersAreTheSlopesOfTheLoss() {
    Architecture linear =
        new Architecture(FEATURES, LATENTS, List.of(), List.of(), Activation.TANH, 0.2, 1);
    Vae vae = Vae.random(linear, new SplittableRandom(9));
    Elbo elbo = new Elbo(vae);
    elbo.forward(x, mask, eps);

    Parameters ofTheta = elbo.gradientOfTheta();
    Parameters ofPhi = elbo.gradientOfPhi();

    assertIsSlope(vae, vae.decoder().parameters(), ofTheta);
    assertIsSlope(vae, vae.encoder().parameters(), ofPhi);
  }

  /** The first latent lies above the clamp, the second below it: only the third one can learn. */
  @Test
  void clampedLogVarianceHasNoGradient() {
    Elbo elbo = new Elbo(vae(architecture(Activation.TANH)));
    elbo.forward(x, mask, eps);

    DMatrixRMaj gradient = elbo.gradientOfPhi().get("encoder.log_var.b");

    assertThat(gradient.data[0]).isZero();
    assertThat(gradient.data[1]).isZero();
    assertThat(gradient.data[2]).isNotZero();
  }

  private static Architecture architecture(Activation activation) {
    return new Architecture(FEATURES, LATENTS, List.of(5, 4), List.of(3, 6), activation, 0.2, 1);
  }

  /** Linear skips start at 0, where an error in them could hide. */
  private Vae vae(Architecture architecture) {
    Vae vae = Vae.random(architecture, new SplittableRandom(9));
    vae.encoder()
        .skip()
        .ifPresent(v -> CommonOps_DDRM.scale(0.3, normal(FEATURES, LATENTS), v.weights()));
    vae.decoder()
        .skip()
        .ifPresent(v -> CommonOps_DDRM.scale(0.3, normal(LATENTS, FEATURES), v.weights()));
    vae.encoder().logVar().bias().data[0] = Encoder.LOG_VAR_MAX + 2;
    vae.encoder().logVar().bias().data[1] = Encoder.LOG_VAR_MIN - 2;
    return vae;
  }

  private void assertIsSlope(Vae vae, Parameters parameters, Parameters gradient) {
    Elbo elbo = new Elbo(vae);
    for (String name : parameters.names()) {
      double[] w = parameters.get(name).data;
      for (int c = 0; c < w.length; c++) {
        double saved = w[c];
        double near = (lossAt(elbo, w, c, saved + H) - lossAt(elbo, w, c, saved - H)) / (2 * H);
        double far =
            (lossAt(elbo, w, c, saved + 2 * H) - lossAt(elbo, w, c, saved - 2 * H)) / (4 * H);
        w[c] = saved;
        assertThat(gradient.get(name).data[c])
            .as("%s[%d]", name, c)
            .isCloseTo((4 * near - far) / 3, within(TOLERANCE));
      }
    }
  }

  private double lossAt(Elbo elbo, double[] w, int c, double value) {
    w[c] = value;
    return elbo.forward(x, mask, eps).total();
  }

  private DMatrixRMaj normal(int rows, int columns) {
    DMatrixRMaj m = new DMatrixRMaj(rows, columns);
    for (int c = 0; c < m.getNumElements(); c++) {
      m.data[c] = random.nextGaussian();
    }
    return m;
  }
}
