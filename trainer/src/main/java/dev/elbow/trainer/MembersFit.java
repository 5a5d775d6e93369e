package dev.elbow.trainer;

import dev.elbow.trainer.data.ModelRows;
import dev.elbow.trainer.fit.EarlyStopping;
import dev.elbow.trainer.fit.FitListener;
import dev.elbow.trainer.fit.FitSettings;
import dev.elbow.trainer.vae.TrainedMember;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Fits the members of a model to the same rows, each from a seed of its own, as many at once as
 * there are processors. What comes out does not depend on how many that are.
 */
final class MembersFit {

  /** Sets the seeds of further members apart from the streams of the first. */
  private static final long MEMBERS_STREAM = 0x3e3_be25L;

  private final boolean refits;
  private final List<MemberFit> members;
  private final FitListener listener;
  private int rounds;

  /**
   * @param listener told of the rounds of all members as of one long fit, one call at a time, on
   *     the thread of the member in question
   */
  MembersFit(TrainingSettings settings, FitListener listener) {
    this.refits = settings.fit().earlyStopping().map(EarlyStopping::refit).orElse(false);
    this.listener = listener;
    this.members =
        settingsOfMembers(settings).stream()
            .map(fit -> new MemberFit(fit, settings.prior(), this::onRound))
            .toList();
  }

  /** The first has the seed of the run: a model of one member is the first of one of several. */
  static List<FitSettings> settingsOfMembers(TrainingSettings settings) {
    FitSettings first = settings.fit();
    var seeds = new SplittableRandom(first.seed() ^ MEMBERS_STREAM);
    List<FitSettings> each = new ArrayList<>(List.of(first));
    while (each.size() < settings.members()) {
      each.add(first.withSeed(seeds.nextLong()));
    }
    return each;
  }

  /**
   * Fits all members. If one fails the others stop, too.
   *
   * @return in the order of their seeds
   * @throws dev.elbow.input.InvalidInputException if a fit diverges or comes to nothing
   */
  List<MemberFit.Fitted> fit(ModelRows fit, ModelRows heldOut) {
    return Parallel.all(
        members.stream()
            .<Supplier<MemberFit.Fitted>>map(member -> () -> member.fit(fit, heldOut))
            .toList());
  }

  /** Whether the members are to be fitted once more, to all rows. */
  boolean refits() {
    return refits;
  }

  /**
   * The same members fitted again, each for as many rounds as it kept.
   *
   * @param fitted by {@link #fit}
   * @param all those rows and the held-out ones, as the networks are to see them from now on
   * @throws dev.elbow.input.InvalidInputException if a fit diverges
   */
  List<TrainedMember> refit(List<MemberFit.Fitted> fitted, ModelRows all) {
    return Parallel.all(
        IntStream.range(0, members.size())
            .<Supplier<TrainedMember>>mapToObj(m -> () -> members.get(m).refit(all, fitted.get(m)))
            .toList());
  }

  /** As they were fitted. */
  static List<TrainedMember> members(List<MemberFit.Fitted> fitted) {
    return fitted.stream().map(MemberFit.Fitted::member).toList();
  }

  private synchronized void onRound(FitListener.Progress progress) {
    if (members.size() > 1 && Thread.currentThread().isInterrupted()) {
      throw new CancellationException("another member could not be fitted");
    }
    rounds++;
    int fits = refits ? 2 * members.size() : members.size();
    listener.onRound(
        new FitListener.Progress(
            rounds,
            fits * progress.rounds(),
            progress.loss(),
            progress.learningRate(),
            progress.model()));
  }
}
