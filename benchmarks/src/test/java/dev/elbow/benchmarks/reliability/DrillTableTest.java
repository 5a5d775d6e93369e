package dev.elbow.benchmarks.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbow.benchmarks.Figure;
import dev.elbow.benchmarks.reliability.Ledger.Tally;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DrillTableTest {

  private static final List<String> SEEN = List.of("3.1 s not ready: no heartbeat could be sent");

  private final DrillTable table = new DrillTable();

  @Test
  void isContentWhereNothingIsLostAndTheFaultWasSeen() {
    table.add(new DrillRun(Drill.BROKER_AWAY, trial(0, 0), SEEN));

    assertThat(table.isAsExpected()).isTrue();
    assertThat(table.text()).contains(SEEN.get(0)).doesNotContain("NOT");
    assertThat(table.figures())
        .contains(
            Figure.of("reliability.broker_away.missing", 0, "records", 0),
            Figure.of("reliability.broker_away.recovered", 2, "s", 0));
  }

  @Test
  void refusesFaultThatWasNotSeen() {
    table.add(new DrillRun(Drill.BROKER_AWAY, trial(0, 0), List.of("0.1 s ready")));

    assertThat(table.isAsExpected()).isFalse();
    assertThat(table.text()).contains("expected to see: no heartbeat could be sent");
  }

  @Test
  void refusesLossAndDoubling() {
    assertThat(new DrillRun(Drill.BROKER_AWAY, trial(1, 0), SEEN).isAsExpected()).isFalse();
    assertThat(new DrillRun(Drill.BROKER_AWAY, trial(0, 1), SEEN).isAsExpected()).isFalse();
  }

  @Test
  void refusesDrillThatCameToNoEnd() {
    table.addBroken(Drill.SIGTERM);

    assertThat(table.isAsExpected()).isFalse();
    assertThat(table.text()).endsWith("came to no end: sigterm\n");
  }

  private static Trial trial(long missing, long duplicated) {
    return new Trial(100, new Tally(missing, duplicated), 0, 0, List.of(Duration.ofSeconds(2)));
  }
}
