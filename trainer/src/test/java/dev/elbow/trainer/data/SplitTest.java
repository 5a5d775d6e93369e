package dev.elbow.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbow.bundle.Lineage;
import dev.elbow.row.Continuity;
import dev.elbow.row.Window;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitTest {

  @Test
  void holdsOutTheShareAtRandomWithoutOverlap() {
    int[] rows = IntStream.range(0, 200).map(i -> 3 * i).toArray();

    Split split = Split.random(rows, 0.15, 7);

    assertThat(split.heldOut()).hasSize(30).isSorted();
    assertThat(split.fit()).hasSize(170).isSorted().doesNotContain(split.heldOut());
    assertThat(rows).contains(split.heldOut()).contains(split.fit());
  }

  @Test
  void drawsTheSameRowsForTheSameSeedOnly() {
    int[] rows = IntStream.range(0, 200).toArray();

    assertThat(Split.random(rows, 0.15, 7).heldOut())
        .isEqualTo(Split.random(rows, 0.15, 7).heldOut())
        .isNotEqualTo(Split.random(rows, 0.15, 8).heldOut());
  }

  @Test
  void drawsEveryRowEquallyOften() {
    int[] rows = {0, 1, 2, 3};
    int[] drawn = new int[4];

    for (int seed = 0; seed < 4000; seed++) {
      drawn[Split.random(rows, 0.25, seed).heldOut()[0]]++;
    }

    // Binomial(4000, 1/4): mean 1000, standard deviation 27.4; five of them.
    assertThat(IntStream.of(drawn).boxed())
        .allSatisfy(count -> assertThat(count).isBetween(863, 1137));
  }

  @Test
  void holdsOutTheLatestRowsOfEveryEntity() {
    SensorTableBuilder builder = SensorTable.of(List.of("a"));
    for (int i = 0; i < 10; i++) {
      builder.add(i).of("one").at(Instant.ofEpochSecond(100 - i));
      builder.add(i).of("two").at(Instant.ofEpochSecond(i));
    }
    SensorTable table = builder.build(new Lineage.Generated("by hand"));

    Split split = Split.last(table, table.normalRows(), 0.2);

    assertThat(split.heldOut()).containsExactly(0, 2, 17, 19);
    assertThat(split.fit()).hasSize(16).doesNotContain(0, 2, 17, 19);
  }

  @Test
  void takesTheOrderOfRowsForTimeWhereThereIsNone() {
    SensorTable table =
        SensorTable.of(List.of("a")).add(3).add(1).add(2).build(new Lineage.Generated("by hand"));

    assertThat(Split.last(table, table.normalRows(), 0.15).heldOut()).containsExactly(2);
  }

  /**
   * Twenty rows, windows of three: rows 2 to 19 have one. The last fifth of these 18, four, are 16
   * to 19; they remember 14 and 15, so that the last window to fit to ends at 13.
   */
  @Test
  void letsNoHeldOutWindowRememberARowOfTheFit() {
    SensorTableBuilder builder = SensorTable.of(List.of("a"));
    IntStream.range(0, 20).forEach(builder::add);
    SensorTable table = builder.build(new Lineage.Generated("by hand"));
    Stretches stretches = Stretches.of(table, Continuity.RECORD_ORDER, i -> false);

    Split split = Split.last(stretches, Window.ofRows(3), 0.2);

    assertThat(split.heldOut()).containsExactly(16, 17, 18, 19);
    assertThat(split.fit()).containsExactly(IntStream.rangeClosed(2, 13).toArray());
    assertThat(split.seen()).containsExactly(IntStream.rangeClosed(0, 13).toArray());
  }

  @Test
  void saysWhenNoWindowIsLeftToFitTo() {
    SensorTable table =
        SensorTable.of(List.of("a"))
            .add(1)
            .add(2)
            .add(3)
            .add(4)
            .build(new Lineage.Generated("by hand"));
    Stretches stretches = Stretches.of(table, Continuity.RECORD_ORDER, i -> false);

    assertThatThrownBy(() -> Split.last(stretches, Window.ofRows(3), 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("before those held out");
  }

  @Test
  void leavesARowOnEitherSide() {
    int[] rows = {4, 9};

    assertThat(Split.random(rows, 0.01, 1).heldOut()).hasSize(1);
    assertThat(Split.random(rows, 0.99, 1).fit()).hasSize(1);
  }

  @Test
  void rejectsTooFewRowsAndSharesThatAreNone() {
    assertThatThrownBy(() -> Split.random(new int[] {1}, 0.15, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Split.random(new int[] {1, 2}, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Split.random(new int[] {1, 2}, Double.NaN, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
