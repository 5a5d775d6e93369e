package dev.elbow.trainer;

import dev.elbow.input.InvalidInputException;
import dev.elbow.row.RowTransform;
import dev.elbow.row.Window;
import dev.elbow.trainer.data.ModelRows;
import dev.elbow.trainer.data.SensorTable;
import dev.elbow.trainer.data.Split;
import dev.elbow.trainer.data.Stretches;
import dev.elbow.trainer.input.UsableRows;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Which rows of a table a training run uses, for what, and what the model sees of them. */
final class TrainingRows {

  private final SensorTable table;
  private final TrainingSettings settings;
  private final Window window;
  private final UsableRows usable;
  private final Stretches stretches;

  TrainingRows(SensorTable table, TrainingSettings settings) {
    this.table = table;
    this.settings = settings;
    this.window = settings.input().window();
    this.usable = new UsableRows(table);
    this.stretches = Stretches.of(table, settings.input().continuity(), i -> !usable.contains(i));
  }

  /**
   * Rows of a series that lie next to each other resemble each other: there the latest are held
   * out, so that the threshold is set on rows as new to the model as those it will meet. Rows
   * without a timestamp count as independent, and are held out at random. A row of which too little
   * was observed to be scored takes no part: it would lower the threshold for those that are.
   *
   * @throws InvalidInputException if there are too few rows
   */
  Split holdOut() {
    int[] rows = usable.normal();
    if (rows.length < 2) {
      throw new InvalidInputException(
          "expected at least 2 rows to train on, not labelled anomalous and with a value for at least"
              + " %d of %d sensors; found %d of %d"
                  .formatted(usable.least(), table.features(), rows.length, table.count()));
    }
    if (!isSeries()) {
      return Split.random(rows, settings.heldOut(), settings.fit().seed());
    }
    try {
      return Split.last(stretches, window, settings.heldOut());
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          "the data are too short for windows of %d rows; give a shorter --window or --window rows"
              .formatted(window.rows()),
          e);
    }
  }

  /** All rows that may be trained on, in order: normal, and enough of them observed. */
  int[] usable() {
    return usable.normal();
  }

  /** Those of them with a whole window behind them, in order. */
  int[] windowed() {
    return stretches.windowed(window).stream().toArray();
  }

  /** Whether the order of the rows means something. */
  boolean isSeries() {
    return table.hasTimestamps() || !window.isSingleRow();
  }

  /**
   * Held-out rows in the order in which a machine gave them.
   *
   * @param heldOut row numbers; not modified
   * @return places in {@code heldOut}: one array per entity, each in the order of time; a single
   *     one, in any order, if the order of the rows means nothing
   */
  List<int[]> inOrderOfTime(int[] heldOut) {
    return isSeries()
        ? table.seriesOf(heldOut)
        : List.of(IntStream.range(0, heldOut.length).toArray());
  }

  /** Why normal rows took part neither in the fit nor in setting the threshold. */
  SortedMap<String, Long> leftOut(Split split) {
    BitSet windowed = stretches.windowed(window);
    BitSet taken = new BitSet();
    Arrays.stream(split.fit()).forEach(taken::set);
    Arrays.stream(split.heldOut()).forEach(taken::set);
    return Arrays.stream(table.normalRows())
        .filter(i -> !taken.get(i))
        .mapToObj(i -> reason(i, windowed))
        .collect(Collectors.groupingBy(reason -> reason, TreeMap::new, Collectors.counting()));
  }

  private String reason(int i, BitSet windowed) {
    if (!usable.contains(i)) {
      return "too few sensors";
    }
    return windowed.get(i) ? "next to those held out" : "warming up";
  }

  /** The given rows as the model sees them, each with its window, before whitening. */
  ModelRows features(int[] rows, RowTransform transform) {
    return ModelRows.of(table, stretches, rows, transform, window);
  }

  /** A row with its window: W·D values, the oldest row first. */
  double[] window(int row) {
    return Arrays.stream(stretches.rowsOf(window, row))
        .mapToObj(table::row)
        .flatMapToDouble(Arrays::stream)
        .toArray();
  }
}
