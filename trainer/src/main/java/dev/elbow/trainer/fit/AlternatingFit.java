package dev.elbow.trainer.fit;

import dev.elbow.input.InvalidInputException;
import dev.elbow.score.Mask;
import dev.elbow.score.Rows;
import dev.elbow.trainer.fit.FitListener.Progress;
import dev.elbow.trainer.vae.Loss;
import dev.elbow.trainer.vae.Vae;
import java.util.SplittableRandom;

/**
 * Fits a variational autoencoder by alternating descent on the negative ELBO: (A) θ-steps with φ
 * held, then (B) φ-steps with θ held: {@link AlternatingSteps}.
 *
 * <p>Equations (16) and (17) of {@code docs/math.md}: the M-step and the E-step of variational
 * expectation maximisation, taken by gradient (Neal and Hinton 1998; He et al. 2019, arXiv
 * 1901.05534, on what is gained by more φ-steps). Same rows, settings and machine give the same
 * parameters, bit for bit.
 */
public final class AlternatingFit {

  /** A learning rate that is much too high shows at once. */
  private static final int FIRST_ROUNDS = 3;

  private static final int EVERY_SO_MANY_ROUNDS = 20;

  private AlternatingFit() {}

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
    Fitting fitting =
        switch (settings.precision()) {
          case SINGLE -> new FittingInSingle(x, mask, vae, settings, seeds);
          case DOUBLE -> new FittingInDouble(x, mask, vae, settings, seeds);
        };

    int rounds = settings.rounds().count(x.count(), settings.batchSize());
    int round = 0;
    boolean stop = false;
    while (!stop) {
      round++;
      double learningRate = settings.learningRate().at(round, rounds);
      Loss loss = fitting.round(learningRate);
      Progress progress = new Progress(round, rounds, loss, learningRate, fitting::vae);
      requireConverging(progress, fitting);
      listener.onRound(progress);
      stop = choice.stop(round, round == rounds, fitting::vae) || round == rounds;
    }
    Vae fitted = fitting.vae();
    return new Fitted(fitted, choice.restore(round, fitted), rounds);
  }

  private static void requireConverging(Progress progress, Fitting fitting) {
    Loss loss = progress.loss();
    if (!Double.isFinite(loss.total()) || (looksAtParameters(progress) && !fitting.finite())) {
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

  /**
   * The loss tells nearly always; to look at all parameters costs as much as a tenth of a round.
   */
  private static boolean looksAtParameters(Progress progress) {
    return progress.round() <= FIRST_ROUNDS
        || progress.round() % EVERY_SO_MANY_ROUNDS == 0
        || progress.round() == progress.rounds();
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
