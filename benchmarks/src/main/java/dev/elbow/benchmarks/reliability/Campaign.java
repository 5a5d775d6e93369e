package dev.elbow.benchmarks.reliability;

import dev.elbow.benchmarks.reliability.Variant.Guarantee;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Many runs, several of them side by side. */
final class Campaign {

  private static final int STRIKES = 2;

  private final List<Planned> plan;

  /**
   * @param plan the runs, in the order in which they are to be started
   */
  Campaign(List<Planned> plan) {
    this.plan = List.copyOf(plan);
  }

  /**
   * A run to be done.
   *
   * @param strikes how often the scenario strikes
   */
  record Planned(Scenario scenario, Variant variant, long seed, int strikes) {

    String name() {
      return scenario.code() + "-" + variant.guarantee().code() + "-" + seed;
    }

    private Ended run(Grounds grounds) throws InterruptedException {
      try {
        Trial trial = Trial.run(name(), scenario, variant, seed, strikes, grounds);
        return new Ended.Counted(this, trial);
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) { // one that comes to no end must not take the others with it
        return new Ended.Broken(this, e);
      }
    }

    @Override
    public String toString() {
      return "%s, seed %d, %s".formatted(scenario.code(), seed, variant);
    }
  }

  /** What came of a run. */
  sealed interface Ended {

    Planned planned();

    /** It came to its end. */
    record Counted(Planned planned, Trial trial) implements Ended {
      @Override
      public String toString() {
        return planned + ": " + trial;
      }
    }

    /** It did not, and says nothing about what is lost. */
    record Broken(Planned planned, Exception why) implements Ended {
      @Override
      public String toString() {
        return planned + ": came to no end: " + why;
      }
    }
  }

  /** Takes what came of a run, from one thread. */
  @FunctionalInterface
  interface Listener {
    void ended(Ended run);
  }

  /** Each scenario under each guarantee by the first seed, then by the second, and so on. */
  static Campaign of(
      List<Scenario> scenarios,
      List<Guarantee> guarantees,
      int seeds,
      Map<String, String> settings) {
    List<Planned> plan = new ArrayList<>();
    for (long seed = 1; seed <= seeds; seed++) {
      for (Scenario scenario : scenarios) {
        for (Guarantee guarantee : guarantees) {
          Variant variant = Variant.of(seed, guarantee, settings);
          plan.add(new Planned(scenario, variant, seed, STRIKES));
        }
      }
    }
    return new Campaign(plan);
  }

  /** In the order in which they are started. */
  List<Planned> plan() {
    return plan;
  }

  /**
   * Does all of them.
   *
   * @param parallel how many at a time, at least 1
   */
  void run(Grounds grounds, int parallel, Listener listener) throws InterruptedException {
    ExecutorService workers = Executors.newFixedThreadPool(parallel);
    try {
      CompletionService<Ended> runs = new ExecutorCompletionService<>(workers);
      plan.forEach(planned -> runs.submit(() -> planned.run(grounds)));
      for (int i = 0; i < plan.size(); i++) {
        listener.ended(runs.take().get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a run could not be started: " + e.getCause(), e);
    } finally {
      workers.shutdownNow();
    }
  }
}
