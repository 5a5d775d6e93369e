package dev.elbow.trainer.fit;

import dev.elbow.input.InvalidInputException;
import dev.elbow.score.Mask;
import dev.elbow.score.Rows;
import dev.elbow.trainer.fit.FitListener.Progress;
import dev.elbow.trainer.fit.Minibatches.Minibatch;
import dev.elbow.trainer.vae.Elbo;
import dev.elbow.trainer.vae.Parameters;
import dev.elbow.trainer.vae.Vae;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;

/**
 * Fits a variational autoencoder by alternating descent on the negative ELBO: (A) θ-steps with φ
 * held, then (B) φ-steps with θ held, each with its own {@link Adam}.
 *
 * <p>Equations (16) and (17) of {@code docs/math.md}: the M-step and the E-step of variational
 * expectation maximisation, taken by gradient (Neal and Hinton 1998; He et al. 2019, arXiv
 * 1901.05534, on what is gained by more φ-steps). Same rows, settings and machine give the same
 * parameters, bit for bit.
 */
public final class AlternatingFit {

  private final FitSettings.Steps steps;
  private final Elbo elbo;
  private final Adam theta;
  private final Adam phi;
  private final RandomGenerator noise;
  private final DMatrixRMaj eps = new DMatrixRMaj(0, 0);
  private final int latents;

  /** Whether the loss has seen the minibatch under φ as it is: θ-steps leave q_φ(z|x) alone. */
  private boolean encoded;

  /**
   * @param vae whose parameters are fitted, in place
   * @param noise where the draws ε come from
   */
  AlternatingFit(FitSettings.Steps steps, Vae vae, RandomGenerator noise) {
    this.steps = steps;
    this.elbo = new Elbo(vae);
    this.theta = new Adam(vae.decoder().parameters());
    this.phi = new Adam(vae.encoder().parameters());
    this.noise = noise;
    this.latents = vae.latents();
  }

  /**
   * A fitted autoencoder.
   *
   * @param vae with the parameters of the round that was kept
   * @param kept that round, counted from 1
   * @param rounds how many there were to be, which the learning rate followed
   */
  public record Fitted(Vae vae, int kept, int rounds) {}

  /**
   * Fits to the given rows for all rounds; early stopping, which needs held-out rows, is passed
   * over.
   *
   * @param x N×D, model rows; missing cells hold 0; not modified
   * @param mask N×D, which cells were observed; not modified
   * @throws IllegalArgumentException if there is no row, a shape differs from the settings, or a
   *     cell is not finite
   * @throws InvalidInputException if the fit diverges: the loss or a parameter is no longer finite
   */
  public static Vae fit(Rows x, Mask mask, FitSettings settings, FitListener listener) {
    return fit(x, mask, settings, RoundChoice.last(Integer.MAX_VALUE), listener).vae();
  }

  /**
   * Fits to the given rows, and lets others tell which round to keep, if the settings say so, and
   * whether the fit came to something.
   *
   * @param x N×D, model rows; missing cells hold 0; not modified
   * @param mask N×D, which cells were observed; not modified
   * @param heldOut the loss of rows that take no part
   * @throws IllegalArgumentException if there is no row, a shape differs from the settings, or a
   *     cell is not finite
   * @throws InvalidInputException if the fit diverges or comes to nothing
   */
  public static Fitted fit(
      Rows x, Mask mask, HeldOutLoss heldOut, FitSettings settings, FitListener listener) {
    RoundChoice choice =
        settings
            .earlyStopping()
            .<RoundChoice>map(rule -> new BestRound(rule, heldOut::of))
            .orElseGet(() -> RoundChoice.last(Integer.MAX_VALUE));
    Fitted fitted = fit(x, mask, settings, choice, listener);
    heldOut.requireSane(
        fitted.vae(), settings.network().sigmaMin(), settings.learningRate().initial());
    return fitted;
  }

  /**
   * Fits once more, to other rows, for as many rounds as an earlier fit kept; the learning rate
   * follows the course that it followed there.
   *
   * @param x N×D, model rows; missing cells hold 0; not modified
   * @param mask N×D, which cells were observed; not modified
   * @throws IllegalArgumentException if there is no row, a shape differs from the settings, or a
   *     cell is not finite
   * @throws InvalidInputException if the fit diverges
   */
  public static Vae refit(
      Rows x, Mask mask, Fitted earlier, FitSettings settings, FitListener listener) {
    FitSettings same = settings.withRounds(FitSettings.Rounds.exactly(earlier.rounds()));
    return fit(x, mask, same, RoundChoice.last(earlier.kept()), listener).vae();
  }

  private static Fitted fit(
      Rows x, Mask mask, FitSettings settings, RoundChoice choice, FitListener listener) {
    requireUsable(x, mask, settings.network().features());
    SplittableRandom seeds = new SplittableRandom(settings.seed());
    Vae vae = Vae.random(settings.network(), seeds.split());
    Minibatches minibatches = new Minibatches(x, mask, settings.batchSize(), seeds.split());
    AlternatingFit fit = new AlternatingFit(settings.steps(), vae, seeds.split());

    int rounds = settings.rounds().count(x.count(), settings.batchSize());
    int round = 0;
    boolean stop = false;
    while (!stop) {
      round++;
      double learningRate = settings.learningRate().at(round, rounds);
      Elbo.Loss loss = fit.round(minibatches.next(), learningRate);
      Progress progress = new Progress(round, rounds, loss, learningRate, vae);
      requireConverging(progress, vae);
      listener.onRound(progress);
      stop = choice.stop(round, round == rounds, vae) || round == rounds;
    }
    return new Fitted(vae, choice.restore(round, vae), rounds);
  }

  /** One round on one minibatch; returns the loss as its last step found it. */
  Elbo.Loss round(Minibatch batch, double learningRate) {
    encoded = false;
    return switch (steps.mode()) {
      case ALTERNATING -> {
        stepTheta(batch, learningRate);
        yield stepPhi(batch, learningRate);
      }
      case JOINT -> stepBoth(batch, learningRate);
    };
  }

  void stepTheta(Minibatch batch, double learningRate) {
    // (16)  (A)  θ ← θ − α ∇_θ ℒ(θ, φ),   φ held
    for (int k = 0; k < steps.theta(); k++) {
      forward(batch);
      theta.step(elbo.gradientOfTheta(), learningRate);
    }
  }

  Elbo.Loss stepPhi(Minibatch batch, double learningRate) {
    Elbo.Loss loss = new Elbo.Loss(Double.NaN, Double.NaN);
    // (17)  (B)  φ ← φ − α ∇_φ ℒ(θ, φ),   θ held
    for (int k = 0; k < steps.phi(); k++) {
      loss = forward(batch);
      phi.step(elbo.gradientOfPhi(), learningRate);
      encoded = false;
    }
    return loss;
  }

  private Elbo.Loss stepBoth(Minibatch batch, double learningRate) {
    Elbo.Loss loss = forward(batch);
    Parameters dTheta = elbo.gradientOfTheta();
    Parameters dPhi = elbo.gradientOfPhi();
    theta.step(dTheta, learningRate);
    phi.step(dPhi, learningRate);
    return loss;
  }

  private Elbo.Loss forward(Minibatch batch) {
    if (!encoded) {
      elbo.encode(batch.x(), batch.mask());
      encoded = true;
    }
    return elbo.forward(draw(batch));
  }

  /** Fresh ε ~ N(0, I), LN×K. */
  private DMatrixRMaj draw(Minibatch batch) {
    eps.reshape(steps.draws() * batch.x().numRows, latents);
    for (int c = 0; c < eps.getNumElements(); c++) {
      eps.data[c] = noise.nextGaussian();
    }
    return eps;
  }

  private static void requireConverging(Progress progress, Vae vae) {
    Elbo.Loss loss = progress.loss();
    boolean finite = Double.isFinite(loss.total()) && vae.parameters().finite();
    if (!finite) {
      throw new InvalidInputException(
          """
          the fit diverged in round %d of %d: loss %s (reconstruction %s, KL %s), expected finite \
          loss and parameters; lower the learning rate, which was %s, and look for absurd values \
          in the data"""
              .formatted(
                  progress.round(),
                  progress.rounds(),
                  loss.total(),
                  loss.reconstruction(),
                  loss.kl(),
                  progress.learningRate()));
    }
  }

  private static void requireUsable(Rows x, Mask mask, int features) {
    if (x.count() == 0
        || x.columns() != features
        || mask.count() != x.count()
        || mask.columns() != features) {
      throw new IllegalArgumentException(
          "rows are %d×%d and mask %d×%d; expected at least one row of %d features"
              .formatted(x.count(), x.columns(), mask.count(), mask.columns(), features));
    }
    for (int i = 0; i < x.count(); i++) {
      for (int d = 0; d < features; d++) {
        if (!Double.isFinite(x.get(i, d))) {
          throw new IllegalArgumentException(
              "row %d, feature %d is %s; a missing cell holds 0 and is marked in the mask"
                  .formatted(i, d, x.get(i, d)));
        }
      }
    }
  }
}
