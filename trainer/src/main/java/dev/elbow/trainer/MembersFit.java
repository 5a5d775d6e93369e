package dev.elbow.trainer;

import dev.elbow.trainer.data.ModelRows;
import dev.elbow.trainer.fit.FitListener;
import dev.elbow.trainer.fit.FitSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Fits the members of a model to the same rows, each from a seed of its own, as many at once as
 * there are processors. What comes out does not depend on how many that are.
 */
final class MembersFit {

  /** Sets the seeds of further members apart from the streams of the first. */
  private static final long MEMBERS_STREAM = 0x3e3_be25L;

  private final ModelRows fit;
  private final ModelRows heldOut;
  private final TrainingSettings settings;
  private final FitListener listener;
  private int rounds;

  private MembersFit(
      ModelRows fit, ModelRows heldOut, TrainingSettings settings, FitListener listener) {
    this.fit = fit;
    this.heldOut = heldOut;
    this.settings = settings;
    this.listener = listener;
  }

  /**
   * Fits all members. If one fails the others stop, too.
   *
   * @param listener told of the rounds of all members as of one long fit, one call at a time, on
   *     the thread of the member in question
   * @return in the order of their seeds
   * @throws dev.elbow.input.InvalidInputException if a fit diverges
   */
  static List<MemberFit.Fitted> fit(
      ModelRows fit, ModelRows heldOut, TrainingSettings settings, FitListener listener) {
    MembersFit members = new MembersFit(fit, heldOut, settings, listener);
    List<FitSettings> each = settingsOfMembers(settings);
    return each.size() == 1 ? List.of(members.fit(each.get(0))) : members.inParallel(each);
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

  private List<MemberFit.Fitted> inParallel(List<FitSettings> each) {
    int threads = Math.min(each.size(), Runtime.getRuntime().availableProcessors());
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      var completion = new ExecutorCompletionService<MemberFit.Fitted>(executor);
      List<Future<MemberFit.Fitted>> members =
          each.stream().map(member -> completion.submit(() -> fit(member))).toList();
      for (int i = 0; i < members.size(); i++) {
        completion.take().get();
      }
      List<MemberFit.Fitted> fitted = new ArrayList<>();
      for (Future<MemberFit.Fitted> member : members) {
        fitted.add(member.get());
      }
      return fitted;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("a member could not be fitted", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while fitting");
    } finally {
      executor.shutdownNow();
    }
  }

  private MemberFit.Fitted fit(FitSettings member) {
    return MemberFit.fit(fit, heldOut, member, settings.prior(), this::onRound);
  }

  private synchronized void onRound(FitListener.Progress progress) {
    if (settings.members() > 1 && Thread.currentThread().isInterrupted()) {
      throw new CancellationException("another member could not be fitted");
    }
    rounds++;
    listener.onRound(
        new FitListener.Progress(
            rounds,
            settings.members() * progress.rounds(),
            progress.loss(),
            progress.learningRate(),
            progress.model()));
  }
}
