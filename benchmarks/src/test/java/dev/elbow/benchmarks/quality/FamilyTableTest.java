package dev.elbow.benchmarks.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbow.benchmarks.quality.Target.Areas;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FamilyTableTest {

  private static final Target TARGET = new Target(new Areas(0.7, 0.3), new Areas(0.8, 0.4));

  @Test
  void saysWhetherFloorAndAimAreReached() {
    assertThat(tableOf(new Areas(0.85, 0.29))).contains("below floor");
    assertThat(tableOf(new Areas(0.85, 0.39))).contains("floor holds");
    assertThat(tableOf(new Areas(0.8, 0.4))).contains("aim reached");
  }

  @Test
  void namesTheBestSimpleDetectorOfEachArea() {
    assertThat(tableOf(new Areas(0.8, 0.4))).contains("0.6000 (Q) / 0.2000 (T)");
  }

  @Test
  void hasTargetsForTheFamiliesItWasDevelopedOn() {
    assertThat(Target.byFamily()).containsOnlyKeys("tabular", "skab", "tep", "nab", "other-ts");
    assertThat(Target.byFamily().values())
        .allSatisfy(target -> assertThat(target.aim().reach(target.floor())).isTrue());
  }

  private static String tableOf(Areas elbow) {
    FamilyResult family =
        new FamilyResult(
            "pumps",
            3,
            List.of(
                new FamilyResult.Mean("Elbow", elbow, 0.001),
                new FamilyResult.Mean("T", new Areas(0.5, 0.2), 0.001),
                new FamilyResult.Mean("Q", new Areas(0.6, 0.1), 0.001)));
    return new FamilyTable(Map.of("pumps", TARGET)).of(List.of(family));
  }
}
