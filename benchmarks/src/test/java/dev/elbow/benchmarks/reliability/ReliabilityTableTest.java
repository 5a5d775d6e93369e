package dev.elbow.benchmarks.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbow.benchmarks.Figure;
import dev.elbow.benchmarks.reliability.Ledger.Tally;
import dev.elbow.benchmarks.reliability.Variant.Guarantee;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReliabilityTableTest {

  private final ReliabilityTable table = new ReliabilityTable();

  @Test
  void allowsDuplicatesAtLeastOnceAlone() {
    table.add(Scenario.SWAP, Guarantee.AT_LEAST_ONCE, trial(0, 7, 0));
    assertThat(table.isAsExpected()).isTrue();

    table.add(Scenario.SWAP, Guarantee.EXACTLY_ONCE_V2, trial(0, 1, 0));
    assertThat(table.isAsExpected()).isFalse();
  }

  @Test
  void allowsNoOtherScores() {
    table.add(Scenario.DETECTOR_KILLED, Guarantee.AT_LEAST_ONCE, trial(0, 0, 1));

    assertThat(table.isAsExpected()).isFalse();
  }

  @Test
  void expectsLossesOfTheControlAlone() {
    table.add(Scenario.CONTROL, Guarantee.EXACTLY_ONCE_V2, trial(12, 0, 0));
    assertThat(table.isAsExpected()).isTrue();

    table.add(Scenario.REBALANCE, Guarantee.EXACTLY_ONCE_V2, trial(1, 0, 0));
    assertThat(table.isAsExpected()).isFalse();
  }

  @Test
  void refusesControlThatLosesNothing() {
    table.add(Scenario.CONTROL, Guarantee.EXACTLY_ONCE_V2, trial(0, 0, 0));

    assertThat(table.isAsExpected()).isFalse();
  }

  @Test
  void namesRunThatCameToNoEndAndRefusesIt() {
    Variant variant = new Variant(Guarantee.EXACTLY_ONCE_V2, "classic", false, Map.of());
    Campaign.Planned planned = new Campaign.Planned(Scenario.SWAP, variant, 7, 2);
    table.add(new Campaign.Ended.Counted(planned, trial(0, 0, 0)));
    assertThat(table.isAsExpected()).isTrue();

    table.add(new Campaign.Ended.Broken(planned, new IllegalStateException("no share")));

    assertThat(table.isAsExpected()).isFalse();
    assertThat(table.text()).endsWith("came to no end: swap-exactly_once_v2-7\n");
  }

  @Test
  void addsUpRunsOfScenario() {
    table.add(Scenario.BROKER_KILLED, Guarantee.EXACTLY_ONCE_V2, trial(1, 2, 0));
    table.add(Scenario.BROKER_KILLED, Guarantee.EXACTLY_ONCE_V2, trial(3, 4, 0));
    table.add(Scenario.BROKER_KILLED, Guarantee.AT_LEAST_ONCE, trial(0, 9, 0));

    assertThat(table.figures())
        .contains(
            Figure.of("reliability.broker_killed.missing", 4, "records", 0),
            Figure.of("reliability.broker_killed.duplicated", 6, "records", 0),
            Figure.of("reliability.broker_killed.recovered", 2, "s", 0),
            Figure.of("reliability.broker_killed.at_least_once.duplicated", 9, "records", 0));
  }

  private static Trial trial(long missing, long duplicated, long differing) {
    return new Trial(
        100, new Tally(missing, duplicated), differing, 0, List.of(Duration.ofSeconds(2)));
  }
}
