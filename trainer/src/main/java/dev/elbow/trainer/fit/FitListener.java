package dev.elbow.trainer.fit;

import dev.elbow.score.VariationalModel;
import dev.elbow.trainer.vae.Loss;
import java.util.function.Supplier;

/** Told after every round how the fit is going; called on the fitting thread. */
@FunctionalInterface
public interface FitListener {

  /** Called once per round, in order. */
  void onRound(Progress progress);

  /** One that does not listen. */
  static FitListener silent() {
    return progress -> {};
  }

  /**
   * One round of a fit.
   *
   * @param round counted from 1
   * @param rounds how many there will be
   * @param loss the loss of the round's minibatch under fresh draws, as its last step found it; it
   *     is noisy from round to round
   * @param learningRate used in this round
   * @param model gives it as it is after this round; the next round changes it
   */
  record Progress(
      int round,
      int rounds,
      Loss loss,
      double learningRate,
      Supplier<? extends VariationalModel> model) {}
}
