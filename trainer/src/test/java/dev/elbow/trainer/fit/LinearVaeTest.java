package dev.elbow.trainer.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbow.score.Draws;
import dev.elbow.score.ElboScores;
import dev.elbow.score.Mask;
import dev.elbow.score.NegativeElbo;
import dev.elbow.score.Rows;
import dev.elbow.score.StandardNormal;
import dev.elbow.trainer.evaluate.ProbabilisticPca;
import dev.elbow.trainer.fit.FitSettings.LearningRate;
import dev.elbow.trainer.fit.FitSettings.Mode;
import dev.elbow.trainer.fit.FitSettings.Rounds;
import dev.elbow.trainer.fit.FitSettings.Steps;
import dev.elbow.trainer.vae.Activation;
import dev.elbow.trainer.vae.Affine;
import dev.elbow.trainer.vae.Architecture;
import dev.elbow.trainer.vae.Decoder;
import dev.elbow.trainer.vae.Elbo;
import dev.elbow.trainer.vae.Parameters;
import dev.elbow.trainer.vae.Vae;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.SingularOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;
import org.junit.jupiter.api.Test;

/**
 * A variational autoencoder without hidden layers and with one variance for all sensors is
 * probabilistic PCA, of which everything is known in closed form (Tipping and Bishop 1999; Lucas et
 * al. 2019, arXiv 1911.02469): the likelihood, its maximum, the posterior, and expectation
 * maximisation. So whatever the score, the gradients and the fit claim can be held against it.
 */
class LinearVaeTest {

  private static final int ROWS = 400;
  private static final int SENSORS = 6;
  private static final int LATENTS = 2;

  /** Bounds of σ that the data stay well within. */
  private static final Architecture LINEAR =
      new Architecture(SENSORS, LATENTS, List.of(), List.of(), Activation.TANH, 0.05, 4);

  /** The gap that a fit may leave, in nats per row. */
  private static final double GAP = 0.05;

  /** With this many rounds it gets there; with 500 it is still whole nats away. */
  private static final int STEPS = 8000;

  /** Two ways of computing one number in double precision. */
  private static final double ROUNDING = 1e-9;

  /** Of a likelihood that has converged and can only tremble. */
  private static final double TREMBLE = 1e-12;

  private static final Rows X = rows();
  private static final Mask ALL = Mask.all(ROWS, SENSORS);
  private static final ProbabilisticPca PCA = ProbabilisticPca.fit(X, ALL, LATENTS, 1e-6);

  /** Means W z + m and one variance σ². */
  private record Linear(DMatrixRMaj w, double noise) {}

  /**
   * With the true posterior as q the bound is tight, row by row: score = −log p(x). The posterior
   * is N(M⁻¹ Wᵀ (x − m), σ² M⁻¹) with M = Wᵀ W + σ² I, which is diagonal for the W of PCA.
   */
  @Test
  void scoreIsTheNegativeLogLikelihoodWhereTheGuessIsThePosterior() {
    Vae vae = Vae.zeros(LINEAR);
    setDecoder(vae, new Linear(PCA.loadings(), PCA.noiseVariance()));
    setEncoderToThePosterior(vae, new Linear(PCA.loadings(), PCA.noiseVariance()));

    double[] scores = scores(vae);

    assertThat(scores).containsExactly(PCA.negativeLogLikelihood(X, ALL), within(ROUNDING));
  }

  /**
   * Nothing but gradient steps with random draws, from random parameters: the mean score comes down
   * to the maximum of the likelihood, which it cannot pass.
   */
  @Test
  void gradientStepsReachTheMaximumOfTheLikelihood() {
    Vae vae = Vae.random(LINEAR, new SplittableRandom(5));

    descendWithOneVariance(vae);

    assertThat(mean(scores(vae)) - mean(PCA.negativeLogLikelihood(X, ALL))).isBetween(0.0, GAP);
    assertThat(scores(vae)).satisfies(scores -> boundOf(vae, scores));
  }

  /**
   * Of no row does the score go below −log p of the model as fitted, and on average hardly above.
   */
  private static void boundOf(Vae vae, double[] scores) {
    double[] exact = negativeLogLikelihood(linearOf(vae), vae.decoder().mean().bias());
    double[] gaps = new double[scores.length];
    Arrays.setAll(gaps, i -> scores[i] - exact[i]);

    assertThat(Arrays.stream(gaps)).allMatch(gap -> gap >= -ROUNDING);
    assertThat(mean(gaps)).isLessThan(GAP);
  }

  /**
   * The fit as it is used, minibatches and all. Its decoder may give every sensor a variance of its
   * own that depends on z, so it may also do better than probabilistic PCA.
   */
  @Test
  void alternatingFitReachesTheMaximumOfTheLikelihood() {
    FitSettings settings =
        new FitSettings(
            LINEAR,
            new Steps(Mode.ALTERNATING, 1, 1, 1),
            new LearningRate(1e-2, 0.01),
            100,
            Rounds.exactly(STEPS),
            Optional.empty(),
            FitSettings.Precision.SINGLE,
            1);

    Vae vae = AlternatingFit.fit(X, ALL, settings, FitListener.silent());

    assertThat(mean(scores(vae)) - mean(PCA.negativeLogLikelihood(X, ALL))).isLessThan(GAP);
  }

  /**
   * With both steps taken exactly, (A) to the maximum over θ and (B) to the true posterior,
   * alternating descent is EM: the bound is tight after every (B), and the likelihood never falls
   * and ends at the maximum in closed form.
   */
  @Test
  void exactAlternatingStepsRaiseTheLikelihoodMonotonically() {
    Vae vae = Vae.zeros(LINEAR);
    Linear model = new Linear(random(SENSORS, LATENTS, 7), 2);
    List<Double> scores = new ArrayList<>();
    List<Double> likelihoods = new ArrayList<>();

    for (int round = 0; round < 300; round++) {
      model = rotated(model);
      setDecoder(vae, model);
      setEncoderToThePosterior(vae, model);
      scores.add(-mean(scores(vae)));
      likelihoods.add(-mean(negativeLogLikelihood(model, PCA.mean())));
      model = maximised(model);
    }

    assertThat(doubles(scores)).containsExactly(doubles(likelihoods), within(ROUNDING));
    assertThat(increments(likelihoods)).allMatch(increment -> increment >= -TREMBLE);
    assertThat(likelihoods.get(299))
        .isCloseTo(-mean(PCA.negativeLogLikelihood(X, ALL)), within(1e-6));
  }

  private static List<Double> increments(List<Double> values) {
    return IntStream.range(1, values.size())
        .mapToObj(i -> values.get(i) - values.get(i - 1))
        .toList();
  }

  /**
   * The M-step: W ← S W (σ² I + M⁻¹ Wᵀ S W)⁻¹ and σ² ← tr(S − S W M⁻¹ Wᵀ_new)/D, S being the
   * covariance (Tipping and Bishop 1999, eqs. 29 and 30).
   */
  private static Linear maximised(Linear model) {
    DMatrixRMaj s = covariance();
    DMatrixRMaj sw = product(s, model.w);
    DMatrixRMaj inverseM = inverse(m(model));
    DMatrixRMaj inner = product(inverseM, product(transposed(model.w), sw));
    addToDiagonal(inner, model.noise);
    DMatrixRMaj next = product(sw, inverse(inner));
    DMatrixRMaj explained = product(product(sw, inverseM), transposed(next));
    double noise = (CommonOps_DDRM.trace(s) - CommonOps_DDRM.trace(explained)) / SENSORS;
    return new Linear(next, noise);
  }

  /** The same p(x) with orthogonal latents: W = U S Vᵀ becomes U S, so that M is diagonal. */
  private static Linear rotated(Linear model) {
    SingularValueDecomposition_F64<DMatrixRMaj> svd =
        DecompositionFactory_DDRM.svd(SENSORS, LATENTS, true, true, true);
    svd.decompose(model.w.copy());
    DMatrixRMaj u = svd.getU(null, false);
    DMatrixRMaj s = svd.getW(null);
    SingularOps_DDRM.descendingOrder(u, false, s, svd.getV(null, false), false);
    return new Linear(product(u, s), model.noise);
  }

  private static void setDecoder(Vae vae, Linear model) {
    Decoder decoder = vae.decoder();
    decoder.mean().weights().setTo(transposed(model.w));
    decoder.mean().bias().setTo(PCA.mean());
    double lo = decoder.logVarMin();
    double gate = (Math.log(model.noise) - lo) / (decoder.logVarMax() - lo);
    double raw = Math.log(gate / (1 - gate)) - Decoder.RAW_OFFSET;
    CommonOps_DDRM.fill(decoder.logVar().bias(), raw);
  }

  private static void setEncoderToThePosterior(Vae vae, Linear model) {
    DMatrixRMaj m = m(model);
    DMatrixRMaj weights = product(model.w, inverse(m));
    Affine mu = vae.encoder().mu();
    mu.weights().setTo(weights);
    mu.bias().setTo(product(PCA.mean(), weights));
    CommonOps_DDRM.scale(-1, mu.bias());
    for (int k = 0; k < LATENTS; k++) {
      vae.encoder().logVar().bias().set(0, k, Math.log(model.noise / m.get(k, k)));
    }
  }

  /** What the decoder of a fit with one variance holds. */
  private static Linear linearOf(Vae vae) {
    double logVar = vae.decode(Rows.zeros(1, LATENTS)).logVar().get(0, 0);
    return new Linear(transposed(vae.decoder().mean().weights()), Math.exp(logVar));
  }

  /** Alternating steps in the space of one constant variance, the gradient projected onto it. */
  private static void descendWithOneVariance(Vae vae) {
    tie(vae.decoder().parameters());
    Elbo elbo = new Elbo(vae);
    Adam theta = new Adam(vae.decoder().parameters());
    Adam phi = new Adam(vae.encoder().parameters());
    LearningRate learningRate = new LearningRate(1e-2, 0.01);
    DMatrixRMaj x = DMatrixRMaj.wrap(ROWS, SENSORS, X.values());
    SplittableRandom noise = new SplittableRandom(6);
    for (int t = 1; t <= STEPS; t++) {
      elbo.forward(x, ALL, draws(noise));
      theta.step(tie(elbo.gradientOfTheta()), learningRate.at(t, STEPS));
      elbo.forward(x, ALL, draws(noise));
      phi.step(elbo.gradientOfPhi(), learningRate.at(t, STEPS));
    }
  }

  /** The part of it that moves all sensors' log variances alike and does not depend on z. */
  private static Parameters tie(Parameters theta) {
    DMatrixRMaj bias = theta.get("decoder.log_var.b");
    CommonOps_DDRM.fill(bias, CommonOps_DDRM.elementSum(bias) / SENSORS);
    CommonOps_DDRM.fill(theta.get("decoder.log_var.W"), 0);
    return theta;
  }

  private static DMatrixRMaj draws(SplittableRandom random) {
    DMatrixRMaj eps = new DMatrixRMaj(ROWS, LATENTS);
    for (int c = 0; c < eps.getNumElements(); c++) {
      eps.data[c] = random.nextGaussian();
    }
    return eps;
  }

  private static double[] scores(Vae vae) {
    ElboScores scores =
        new NegativeElbo(vae, new StandardNormal(), exactForQuadratics()).score(X, ALL);
    return IntStream.range(0, ROWS).mapToDouble(scores::score).toArray();
  }

  /**
   * The 2K draws ±√K e_k have mean 0 and covariance I, as the standard normal has, so the mean of a
   * quadratic over them is its expectation: with a linear mean and a constant variance the score
   * has no Monte Carlo error.
   */
  private static Draws exactForQuadratics() {
    Rows eps = Rows.zeros(2 * LATENTS, LATENTS);
    for (int k = 0; k < LATENTS; k++) {
      eps.set(2 * k, k, Math.sqrt(LATENTS));
      eps.set(2 * k + 1, k, -Math.sqrt(LATENTS));
    }
    return new Draws(eps);
  }

  /** −log N(x; mean, W Wᵀ + σ² I) of every row, by inverse and determinant. */
  private static double[] negativeLogLikelihood(Linear model, DMatrixRMaj mean) {
    DMatrixRMaj c = product(model.w, transposed(model.w));
    addToDiagonal(c, model.noise);
    DMatrixRMaj precision = inverse(c);
    double constant = SENSORS * Math.log(2 * Math.PI) + Math.log(CommonOps_DDRM.det(c));
    double[] nats = new double[ROWS];
    for (int i = 0; i < ROWS; i++) {
      DMatrixRMaj r = new DMatrixRMaj(1, SENSORS);
      CommonOps_DDRM.subtract(new DMatrixRMaj(1, SENSORS, true, X.row(i)), mean, r);
      nats[i] = 0.5 * (constant + CommonOps_DDRM.dot(product(r, precision), r));
    }
    return nats;
  }

  private static DMatrixRMaj m(Linear model) {
    DMatrixRMaj m = product(transposed(model.w), model.w);
    addToDiagonal(m, model.noise);
    return m;
  }

  private static DMatrixRMaj covariance() {
    DMatrixRMaj s = new DMatrixRMaj(SENSORS, SENSORS);
    for (int i = 0; i < ROWS; i++) {
      DMatrixRMaj r = new DMatrixRMaj(1, SENSORS);
      CommonOps_DDRM.subtract(new DMatrixRMaj(1, SENSORS, true, X.row(i)), PCA.mean(), r);
      CommonOps_DDRM.multAddTransA(1.0 / ROWS, r, r, s);
    }
    return s;
  }

  private static void addToDiagonal(DMatrixRMaj a, double value) {
    for (int j = 0; j < a.numRows; j++) {
      a.add(j, j, value);
    }
  }

  private static DMatrixRMaj product(DMatrixRMaj a, DMatrixRMaj b) {
    return CommonOps_DDRM.mult(a, b, null);
  }

  private static DMatrixRMaj transposed(DMatrixRMaj a) {
    return CommonOps_DDRM.transpose(a, null);
  }

  private static DMatrixRMaj inverse(DMatrixRMaj a) {
    DMatrixRMaj inverse = new DMatrixRMaj(a.numRows, a.numCols);
    CommonOps_DDRM.invert(a, inverse);
    return inverse;
  }

  private static DMatrixRMaj random(int rows, int columns, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    DMatrixRMaj m = new DMatrixRMaj(rows, columns);
    for (int c = 0; c < m.getNumElements(); c++) {
      m.data[c] = random.nextGaussian();
    }
    return m;
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double[] doubles(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Two latent causes that every sensor sees in another mixture, a mean and noise of 0.5. */
  private static Rows rows() {
    DMatrixRMaj mixture = random(SENSORS, LATENTS, 1);
    SplittableRandom random = new SplittableRandom(2);
    Rows x = Rows.zeros(ROWS, SENSORS);
    for (int i = 0; i < ROWS; i++) {
      double[] z = {random.nextGaussian(), random.nextGaussian()};
      for (int d = 0; d < SENSORS; d++) {
        double mean = mixture.get(d, 0) * z[0] + mixture.get(d, 1) * z[1];
        x.set(i, d, mean + 0.5 * random.nextGaussian() + 0.2 * d);
      }
    }
    return x;
  }
}
