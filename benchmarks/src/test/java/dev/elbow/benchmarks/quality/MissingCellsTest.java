package dev.elbow.benchmarks.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbow.benchmarks.quality.MissingCells.Pattern;
import dev.elbow.bundle.Lineage;
import dev.elbow.trainer.data.SensorTable;
import dev.elbow.trainer.data.SensorTableBuilder;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MissingCellsTest {

  private static final int ROWS = 2000;

  @Test
  void takesTheShareOfCellsAwayAndLeavesOneInEveryRow() {
    MissingCells missing = MissingCells.draw(table(4), Pattern.CELLS, 0.5, new Random(1));

    // of 8000 cells half, less the 1/16 of the rows in which one of four was kept
    assertThat(missing.cells().cardinality() / 8000.0).isCloseTo(0.5 - 1 / 64.0, within(0.02));
    assertThat(IntStream.range(0, ROWS).map(i -> missingIn(missing, i)).max()).hasValue(3);
  }

  @Test
  void takesWholeSensorsAway() {
    MissingCells one = MissingCells.draw(table(3), Pattern.SENSORS, 0.1, new Random(1));
    MissingCells most = MissingCells.draw(table(3), Pattern.SENSORS, 0.9, new Random(1));

    assertThat(one.cells().cardinality()).isEqualTo(ROWS);
    assertThat(IntStream.range(0, ROWS).map(i -> missingIn(one, i))).containsOnly(1);
    assertThat(most.cells().cardinality()).isEqualTo(2 * ROWS);
  }

  private static int missingIn(MissingCells missing, int i) {
    return (int) IntStream.range(0, missing.features()).filter(d -> missing.contains(i, d)).count();
  }

  private static SensorTable table(int sensors) {
    SensorTableBuilder table =
        SensorTable.of(IntStream.range(0, sensors).mapToObj(d -> "s" + d).toList());
    for (int i = 0; i < ROWS; i++) {
      table.add(new double[sensors]);
    }
    return table.build(new Lineage.Generated("test"));
  }
}
