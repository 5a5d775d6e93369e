package dev.elbow.benchmarks.quality;

import dev.elbow.trainer.data.SensorTable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Which cells of a table are taken away. At least one sensor is left in every row.
 *
 * @param cells cell {@code i · D + d} is that of sensor {@code d} in row {@code i}
 * @param features D
 */
record MissingCells(BitSet cells, int features) {

  /** How cells go missing. */
  enum Pattern {
    /** Each by itself, here one and there another. */
    CELLS("cells"),
    /** All of a sensor, from the first row to the last. */
    SENSORS("sensors");

    private final String title;

    Pattern(String title) {
      this.title = title;
    }

    /** For people and figures, in lower case. */
    String title() {
      return title;
    }
  }

  /**
   * Draws them.
   *
   * @param share of the cells, or of the sensors, in (0, 1); of sensors the nearest whole number of
   *     at least one
   */
  static MissingCells draw(SensorTable table, Pattern pattern, double share, Random random) {
    return switch (pattern) {
      case CELLS -> cells(table, share, random);
      case SENSORS -> sensors(table, share, random);
    };
  }

  private static MissingCells cells(SensorTable table, double share, Random random) {
    int features = table.features();
    BitSet missing = new BitSet();
    for (int i = 0; i < table.count(); i++) {
      int left = random.nextInt(features);
      for (int d = 0; d < features; d++) {
        missing.set(i * features + d, random.nextDouble() < share);
      }
      if (missing.get(i * features, (i + 1) * features).cardinality() == features) {
        missing.clear(i * features + left);
      }
    }
    return new MissingCells(missing, features);
  }

  private static MissingCells sensors(SensorTable table, double share, Random random) {
    int features = table.features();
    List<Integer> order = new ArrayList<>(IntStream.range(0, features).boxed().toList());
    Collections.shuffle(order, random);
    long most = Math.min(features - 1L, Math.max(1, Math.round(share * features)));
    BitSet missing = new BitSet();
    for (int d : order.subList(0, (int) most)) {
      for (int i = 0; i < table.count(); i++) {
        missing.set(i * features + d);
      }
    }
    return new MissingCells(missing, features);
  }

  /** Whether a cell is missing. */
  boolean contains(int i, int d) {
    return cells.get(i * features + d);
  }
}
