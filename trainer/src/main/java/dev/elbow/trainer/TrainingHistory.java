package dev.elbow.trainer;

import dev.elbow.trainer.fit.FitListener;
import java.util.ArrayList;
import java.util.List;

/** Keeps how the loss fell, for the report. */
final class TrainingHistory implements FitListener {

  private final List<Progress> rounds = new ArrayList<>();

  @Override
  public void onRound(Progress progress) {
    rounds.add(progress);
  }

  /** This, then another. */
  FitListener andThen(FitListener other) {
    return progress -> {
      onRound(progress);
      other.onRound(progress);
    };
  }

  /** Every round, in order. */
  List<Progress> rounds() {
    return List.copyOf(rounds);
  }
}
