package dev.elbow.benchmarks.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbow.benchmarks.reliability.Campaign.Ended;
import dev.elbow.benchmarks.reliability.Campaign.Planned;
import dev.elbow.benchmarks.reliability.Ledger.Tally;
import dev.elbow.benchmarks.reliability.Variant.Guarantee;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The short set of {@code benchmark reliability}: real processes, really killed, side by side. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReliabilityTest {

  private final Map<Scenario, Ended> ended = new EnumMap<>(Scenario.class);

  @BeforeAll
  void runAll(@TempDir Path directory) throws Exception {
    List<Planned> plan =
        List.of(
            planned(Scenario.BROKER_KILLED, "classic", false),
            planned(Scenario.DETECTOR_KILLED, "streams", true),
            planned(Scenario.CONTROL, "classic", false));
    try (Grounds grounds = new Grounds(directory)) {
      new Campaign(plan).run(grounds, plan.size(), run -> ended.put(run.planned().scenario(), run));
    }
  }

  private static Planned planned(Scenario scenario, String protocol, boolean series) {
    Variant variant = new Variant(Guarantee.EXACTLY_ONCE_V2, protocol, series, Map.of());
    return new Planned(scenario, variant, 1, 1);
  }

  @Test
  void losesAndDoublesNothingWhenTheDetectorIsKilled() {
    Trial trial = trial(Scenario.DETECTOR_KILLED);

    assertThat(trial.tally()).isEqualTo(new Tally(0, 0));
    assertThat(trial.differing()).isZero();
  }

  @Test
  void losesAndDoublesNothingWhenTheBrokerIsKilled() {
    assertThat(trial(Scenario.BROKER_KILLED).tally()).isEqualTo(new Tally(0, 0));
  }

  @Test
  void findsOutWhatNaiveBufferLoses() {
    assertThat(trial(Scenario.CONTROL).tally().missing()).isPositive();
  }

  private Trial trial(Scenario scenario) {
    Ended run = ended.get(scenario);
    assertThat(run).isInstanceOf(Ended.Counted.class);
    return ((Ended.Counted) Objects.requireNonNull(run)).trial();
  }
}
