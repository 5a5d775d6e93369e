package dev.elbow.benchmarks.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbow.benchmarks.reliability.Ledger.Tally;
import dev.elbow.benchmarks.reliability.Variant.Guarantee;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The short set of {@code benchmark reliability}: real processes, really killed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReliabilityTest {

  private final Path directory;
  private final Models models;

  ReliabilityTest(@TempDir Path directory) {
    this.directory = directory;
    this.models = new Models(directory.resolve("models"));
  }

  @Test
  void losesAndDoublesNothingWhenTheDetectorIsKilled() throws Exception {
    Trial trial = run(Scenario.DETECTOR_KILLED, "streams", true);

    assertThat(trial.tally()).isEqualTo(new Tally(0, 0));
    assertThat(trial.differing()).isZero();
  }

  @Test
  void losesAndDoublesNothingWhenTheBrokerIsKilled() throws Exception {
    Trial trial = run(Scenario.BROKER_KILLED, "classic", false);

    assertThat(trial.tally()).isEqualTo(new Tally(0, 0));
  }

  @Test
  void findsOutWhatNaiveBufferLoses() throws Exception {
    Trial trial = run(Scenario.CONTROL, "classic", false);

    assertThat(trial.tally().missing()).isPositive();
  }

  private Trial run(Scenario scenario, String protocol, boolean series) throws Exception {
    Variant variant = new Variant(Guarantee.EXACTLY_ONCE_V2, protocol, series, Map.of());
    return Trial.run(directory.resolve(scenario.code()), scenario, variant, 1, 1, models);
  }
}
