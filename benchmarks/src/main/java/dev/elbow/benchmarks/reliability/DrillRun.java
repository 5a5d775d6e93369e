package dev.elbow.benchmarks.reliability;

import dev.elbow.benchmarks.reliability.DetectorProcess.Program;
import dev.elbow.benchmarks.reliability.Variant.Guarantee;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * What came of a drill.
 *
 * @param trial what became of the records
 * @param seen what health pages, exit codes and the log said, in this order
 */
record DrillRun(Drill drill, Trial trial, List<String> seen) {

  /** As the detector is set up unless somebody sets it up otherwise. */
  private static final Variant VARIANT =
      new Variant(
          Guarantee.EXACTLY_ONCE_V2, "classic", true, Map.of("session.timeout.ms", "10000"));

  DrillRun {
    seen = List.copyOf(seen);
  }

  /**
   * Runs one, with a model of windows under exactly-once.
   *
   * @throws IOException if a process cannot be started
   * @throws IllegalStateException if the results cannot be read
   */
  static DrillRun of(Drill drill, Grounds grounds)
      throws IOException, InterruptedException, ExecutionException {
    Path place = grounds.place(drill.code());
    Path own = Files.createDirectories(place.resolve("drill"));
    try (Stage stage = new Stage(place, Program.DETECTOR, drill.ownBroker(), VARIANT, 1, grounds)) {
      stage.awaitFlow();
      List<String> seen = new ArrayList<>();
      try (Readiness readiness = Readiness.watch(stage.first().port())) {
        stage.strike(struck -> drill.strike(struck, own));
        stage.awaitReady();
        seen.add(readiness.text());
      }
      seen.addAll(stage.first().lastWords());
      return new DrillRun(drill, stage.finish(true), seen);
    }
  }

  /** Whether nothing is lost, doubled or another, and what must be seen was. */
  boolean isAsExpected() {
    return trial.tally().missing() == 0
        && trial.tally().duplicated() == 0
        && (trial.differing() == 0 || drill == Drill.TIMESTAMPS_JUMP)
        && seen.stream().anyMatch(line -> line.contains(drill.mustBeSeen()));
  }
}
