package dev.elbow.trainer.evaluate;

import dev.elbow.trainer.data.SensorTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The rows of a table, entity after entity, each in the order of time, and the events among them.
 *
 * <p>An event is a run of rows of one entity that are labelled anomalous, without a normal row in
 * between.
 */
final class LabelledSeries {

  /**
   * A run of places in the order of this class.
   *
   * @param from the first
   * @param to after the last
   */
  record Run(int from, int to) {}

  /**
   * A run of places labelled anomalous.
   *
   * @param series the entity's series it is part of
   * @param from its first place
   * @param to the place after its last
   */
  record Event(Run series, int from, int to) {}

  private final int[] rows;
  private final boolean[] anomalous;
  private final List<Run> series;
  private final List<Event> events;

  private LabelledSeries(int[] rows, boolean[] anomalous, List<Run> series) {
    this.rows = rows;
    this.anomalous = anomalous;
    this.series = series;
    this.events = series.stream().flatMap(run -> eventsIn(run).stream()).toList();
  }

  /** Those rows of a table that are included; neighbours of a row left out become neighbours. */
  static LabelledSeries of(SensorTable table, IntPredicate included) {
    List<Run> series = new ArrayList<>();
    IntStream.Builder rows = IntStream.builder();
    int place = 0;
    for (int[] entity : table.series()) {
      int[] taken = Arrays.stream(entity).filter(included).toArray();
      Arrays.stream(taken).forEach(rows::add);
      series.add(new Run(place, place + taken.length));
      place += taken.length;
    }
    int[] all = rows.build().toArray();
    boolean[] anomalous = new boolean[all.length];
    for (int k = 0; k < all.length; k++) {
      anomalous[k] = table.anomalous(all[k]);
    }
    return new LabelledSeries(all, anomalous, series);
  }

  /** One series of the given labels. */
  static LabelledSeries of(boolean... anomalous) {
    int[] rows = new int[anomalous.length];
    Arrays.setAll(rows, i -> i);
    return new LabelledSeries(rows, anomalous.clone(), List.of(new Run(0, anomalous.length)));
  }

  private List<Event> eventsIn(Run run) {
    List<Event> found = new ArrayList<>();
    int from = run.from();
    for (int place = run.from(); place <= run.to(); place++) {
      boolean inside = place < run.to() && anomalous[place];
      if (!inside) {
        if (place > from) {
          found.add(new Event(run, from, place));
        }
        from = place + 1;
      }
    }
    return found;
  }

  /** How many places there are, N. */
  int count() {
    return rows.length;
  }

  /** The row of the table at a place. */
  int row(int place) {
    return rows[place];
  }

  /** The scores of the table's rows, by place. */
  double[] arrange(double[] scores) {
    return Arrays.stream(rows).mapToDouble(i -> scores[i]).toArray();
  }

  /** The labels by place; shared. */
  boolean[] anomalous() {
    return anomalous;
  }

  /** One run per entity, which together are all places. */
  List<Run> series() {
    return series;
  }

  /** Every event, in the order of the places. */
  List<Event> events() {
    return events;
  }
}
