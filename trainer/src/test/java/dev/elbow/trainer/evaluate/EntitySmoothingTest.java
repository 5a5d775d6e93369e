package dev.elbow.trainer.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbow.alarm.Smoothing;
import dev.elbow.bundle.Lineage;
import dev.elbow.trainer.data.SensorTable;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntitySmoothingTest {

  private static final SensorTable TWO_PUMPS =
      SensorTable.of(List.of("a"))
          .add(0)
          .of("one")
          .at(Instant.ofEpochSecond(2))
          .add(0)
          .of("two")
          .at(Instant.ofEpochSecond(1))
          .add(0)
          .of("one")
          .at(Instant.ofEpochSecond(1))
          .add(0)
          .of("two")
          .at(Instant.ofEpochSecond(2))
          .build(new Lineage.Generated("two pumps, one of them told backwards"));

  /**
   * Of pump one the third row is the earlier: s = 8, then 8 + 0.25 (4 − 8). Of two: 1, 1 + 0.25.
   */
  @Test
  void smoothsEachEntityInTheOrderOfTime() {
    var smoothing = new EntitySmoothing(new Smoothing(0.25), TWO_PUMPS, new int[] {0, 1, 2, 3});

    assertThat(smoothing.apply(new double[] {4, 1, 8, 2})).containsExactly(7, 1, 8, 1.25);
  }

  @Test
  void smoothsSomeOfTheRows() {
    var smoothing = new EntitySmoothing(new Smoothing(0.25), TWO_PUMPS, new int[] {3, 2, 0});

    assertThat(smoothing.apply(new double[] {2, 8, 4})).containsExactly(2, 8, 7);
  }

  @Test
  void rowWithoutAScoreChangesNothing() {
    var smoothing = new EntitySmoothing(new Smoothing(0.25), TWO_PUMPS, new int[] {0, 2});

    assertThat(smoothing.apply(new double[] {Double.NaN, 8}))
        .containsExactly(new double[] {8, 8}, within(0.0));
  }
}
