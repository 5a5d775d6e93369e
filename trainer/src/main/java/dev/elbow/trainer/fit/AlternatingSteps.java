package dev.elbow.trainer.fit;

import dev.elbow.trainer.fit.Minibatches.Minibatch;
import dev.elbow.trainer.vae.Elbo;
import dev.elbow.trainer.vae.Loss;
import dev.elbow.trainer.vae.Parameters;
import dev.elbow.trainer.vae.Vae;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;

/**
 * Steps down the negative ELBO: (A) of θ with φ held, then (B) of φ with θ held, each with its own
 * {@link Adam}.
 *
 * <p>Equations (16) and (17) of {@code docs/math.md}. A step allocates nothing: the first round
 * makes what all later ones use.
 */
public final class AlternatingSteps {

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
   * @param vae whose parameters are moved, in place
   * @param noise where the draws ε come from
   */
  public AlternatingSteps(FitSettings.Steps steps, Vae vae, RandomGenerator noise) {
    this.steps = steps;
    this.elbo = new Elbo(vae);
    this.theta = new Adam(vae.decoder().parameters());
    this.phi = new Adam(vae.encoder().parameters());
    this.noise = noise;
    this.latents = vae.latents();
  }

  /** One round on one minibatch; returns the loss as its last step found it. */
  public Loss round(Minibatch batch, double learningRate) {
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

  Loss stepPhi(Minibatch batch, double learningRate) {
    Loss loss = new Loss(Double.NaN, Double.NaN);
    // (17)  (B)  φ ← φ − α ∇_φ ℒ(θ, φ),   θ held
    for (int k = 0; k < steps.phi(); k++) {
      forward(batch);
      loss = elbo.loss();
      phi.step(elbo.gradientOfPhi(), learningRate);
      encoded = false;
    }
    return loss;
  }

  private Loss stepBoth(Minibatch batch, double learningRate) {
    forward(batch);
    Loss loss = elbo.loss();
    Parameters dTheta = elbo.gradientOfTheta();
    Parameters dPhi = elbo.gradientOfPhi();
    theta.step(dTheta, learningRate);
    phi.step(dPhi, learningRate);
    return loss;
  }

  private void forward(Minibatch batch) {
    if (!encoded) {
      elbo.encode(batch.x(), batch.mask());
      encoded = true;
    }
    elbo.forward(draw(batch));
  }

  /** Fresh ε ~ N(0, I), LN×K. */
  private DMatrixRMaj draw(Minibatch batch) {
    eps.reshape(steps.draws() * batch.x().numRows, latents);
    for (int c = 0; c < eps.getNumElements(); c++) {
      eps.data[c] = noise.nextGaussian();
    }
    return eps;
  }
}
