package dev.elbow.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbow.bundle.Lineage;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SensorTableTest {

  private static final Lineage.Source SOURCE = new Lineage.Generated("by hand");

  @Test
  void givesRowsInAnotherOrderOfSensors() {
    SensorTable table = SensorTable.of(List.of("a", "b")).add(1, 2).build(SOURCE);

    int[] columns = table.columnsOf(List.of("b", "absent", "a"));

    assertThat(columns).containsExactly(1, -1, 0);
    assertThat(table.row(0, columns)).containsExactly(2, Double.NaN, 1);
  }

  @Test
  void keepsRowsApartFromWhatWasHandedInAndOut() {
    double[] values = {1, 2};
    SensorTable table = SensorTable.of(List.of("a", "b")).add(values).build(SOURCE);

    values[0] = 9;
    table.row(0)[1] = 9;

    assertThat(table.row(0)).containsExactly(1, 2);
  }

  @Test
  void keepsTimestampsToTheMicrosecond() {
    Instant before = Instant.parse("1969-12-31T23:59:59.000001Z");
    SensorTable table = SensorTable.of(List.of("a")).add(1).at(before).build(SOURCE);

    assertThat(table.timestamp(0)).contains(before);
  }

  @Test
  void rejectsRowsOfWhichOnlySomeAreDescribed() {
    SensorTableBuilder builder = SensorTable.of(List.of("a")).add(1).labelled(true).add(2);

    assertThatThrownBy(() -> builder.build(SOURCE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("1 of 2 rows have one label each; expected all or none");
  }

  @Test
  void rejectsRowsOfAnotherWidthAndInfinity() {
    SensorTableBuilder builder = SensorTable.of(List.of("a"));

    assertThatThrownBy(() -> builder.add(1, 2)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.add(Double.NEGATIVE_INFINITY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void rejectsSensorsThatAreNoneOrNotUnique() {
    assertThatThrownBy(() -> SensorTable.of(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SensorTable.of(List.of("a", "a")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
