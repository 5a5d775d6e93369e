package dev.elbow.trainer.fit;

import dev.elbow.trainer.vae.Vae;
import java.util.function.Supplier;

/** Chooses the round whose parameters a fit ends with. */
interface RoundChoice {

  /**
   * Called after every round.
   *
   * @param round counted from 1
   * @param last whether there will be no more
   * @param vae gives it as it is after this round
   * @return whether to stop here
   */
  boolean stop(int round, boolean last, Supplier<Vae> vae);

  /**
   * Called at the end: gives the autoencoder the parameters of the round that was chosen.
   *
   * @param round the last that was taken
   * @return the round that was chosen
   */
  int restore(int round, Vae vae);

  /** The last of so many rounds. */
  static RoundChoice last(int rounds) {
    return new RoundChoice() {
      @Override
      public boolean stop(int round, boolean last, Supplier<Vae> vae) {
        return round >= rounds;
      }

      @Override
      public int restore(int round, Vae vae) {
        return round;
      }
    };
  }
}
