package dev.elbow.benchmarks.reliability;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * One run: what became of a known input while a scenario struck.
 *
 * @param records of the input
 * @param tally what is missing and duplicated
 * @param differing scores that are not those of a detector that nothing happened to
 * @param restarts how often a detector ended that nobody had told to
 * @param recoveries how long it took each time until outcomes flowed in every partition
 */
record Trial(
    long records, Ledger.Tally tally, long differing, int restarts, List<Duration> recoveries) {

  Trial {
    recoveries = List.copyOf(recoveries);
  }

  /**
   * Runs it.
   *
   * @param name of the run, and of its directory
   * @param strikes how often the scenario strikes
   * @throws IOException if a process cannot be started
   * @throws IllegalStateException if a second detector gets no share, another bundle never scores,
   *     or the results cannot be read
   */
  static Trial run(
      String name, Scenario scenario, Variant variant, long seed, int strikes, Grounds grounds)
      throws IOException, InterruptedException, ExecutionException {
    try (Stage stage = scenario.stage(grounds.place(name), variant, seed, grounds)) {
      stage.awaitFlow();
      for (int i = 0; i < strikes; i++) {
        stage.strike(scenario::strike);
      }
      return stage.finish(scenario.keepsScores(variant));
    }
  }
}
