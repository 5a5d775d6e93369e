package dev.elbow.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbow.bundle.Lineage;
import dev.elbow.row.Continuity;
import dev.elbow.row.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StretchesTest {

  private static final Continuity EVERY_SECOND =
      new Continuity(Optional.of(Duration.ofSeconds(1)), 10);

  @Test
  void followEachEntityInTimeUpToAGap() {
    SensorTable table =
        table(row("a", 2), row("b", 0), row("a", 1), row("a", 30), row("b", 10), row("a", 31));

    assertThat(Stretches.of(table, EVERY_SECOND, i -> false).all())
        .containsExactly(new int[] {2, 0}, new int[] {3, 5}, new int[] {1, 4});
  }

  @Test
  void endWhereARowIsAnomalous() {
    SensorTable table =
        SensorTable.of(List.of("x"))
            .add(1)
            .labelled(false)
            .add(2)
            .labelled(true)
            .add(3)
            .labelled(false)
            .add(4)
            .labelled(false)
            .build(new Lineage.Generated("by hand"));

    assertThat(Stretches.of(table, Continuity.RECORD_ORDER, i -> false).all())
        .containsExactly(new int[] {0}, new int[] {2, 3});
  }

  @Test
  void goOnAcrossARowThatIsSkipped() {
    SensorTable table = table(row("a", 0), row("a", 1), row("a", 2));

    assertThat(Stretches.of(table, EVERY_SECOND, i -> i == 1).all())
        .containsExactly(new int[] {0, 2});
  }

  @Test
  void knowWhichRowsHaveAWindowBehindThem() {
    SensorTable table = table(row("a", 0), row("a", 1), row("a", 2), row("a", 40), row("a", 41));
    Stretches stretches = Stretches.of(table, EVERY_SECOND, i -> false);

    assertThat(stretches.windowed(Window.ofRows(2)).stream()).containsExactly(1, 2, 4);
    assertThat(stretches.windows(Window.ofRows(2))).isEqualTo(3);
    assertThat(stretches.rowsOf(Window.ofRows(2), 2)).containsExactly(1, 2);
    assertThatThrownBy(() -> stretches.rowsOf(Window.ofRows(2), 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("row 3 has no window of 2 rows");
  }

  /** Steps of a: 1, 1, 1, 500 seconds; of b: 60, 60. The larger median, so that b has no gaps. */
  @Test
  void takeTheUsualStepOfTheSlowestEntity() {
    SensorTable table =
        table(
            row("a", 0),
            row("a", 1),
            row("a", 2),
            row("a", 3),
            row("a", 503),
            row("b", 0),
            row("b", 60),
            row("b", 120));

    assertThat(Stretches.continuityOf(table, 10))
        .isEqualTo(new Continuity(Optional.of(Duration.ofSeconds(60)), 10));
  }

  @Test
  void knowNoUsualStepWithoutTimes() {
    SensorTable untimed =
        SensorTable.of(List.of("x")).add(1).add(2).build(new Lineage.Generated("by hand"));
    SensorTable atOnce = table(row("a", 7), row("a", 7));

    assertThat(Stretches.continuityOf(untimed, 10).usualStep()).isEmpty();
    assertThat(Stretches.continuityOf(atOnce, 10).usualStep()).isEmpty();
  }

  private record Row(String entity, long second) {}

  private static Row row(String entity, long second) {
    return new Row(entity, second);
  }

  private static SensorTable table(Row... rows) {
    SensorTableBuilder builder = SensorTable.of(List.of("x"));
    for (Row row : rows) {
      builder.add(1).of(row.entity()).at(Instant.ofEpochSecond(row.second()));
    }
    return builder.build(new Lineage.Generated("by hand"));
  }
}
