package dev.elbow.benchmarks.quality;

import dev.elbow.trainer.data.SensorTable;
import java.util.Arrays;
import java.util.Optional;

/**
 * The normal rows of a set in two parts: those a model is trained on, and those it never sees.
 *
 * @param train what is trained on, its rows labelled anomalous left out by the training
 * @param normal rows labelled normal that take no part in it; of a series one after another
 */
record HeldBack(SensorTable train, SensorTable normal) {

  /** Of a series without enough normal rows before its first event. */
  private static final double TRAINED = 0.8;

  /**
   * Of independent rows the normal ones among the test rows. Of a series the test rows before the
   * first event, while nothing has happened to the machine yet; where these are too few, the last
   * fifth of the training rows before an event, and the training ends before them.
   *
   * @param least how many normal rows are needed
   * @return empty if there are fewer
   */
  static Optional<HeldBack> of(DataSet set, int least) {
    SensorTable train = QualityRun.read(set.train());
    Optional<SensorTable> normal =
        set.files().size() > 1
            ? Optional.of(normalOf(QualityRun.read(set.test())))
            : Optional.empty();
    return normal
        .filter(rows -> rows.count() >= least)
        .map(rows -> new HeldBack(train, rows))
        .or(() -> lastOf(train).filter(parts -> parts.normal().count() >= least));
  }

  /**
   * The normal rows of a table in the order of time, split.
   *
   * @return empty for rows without timestamps
   */
  static Optional<HeldBack> lastOf(SensorTable table) {
    if (!table.hasTimestamps()) {
      return Optional.empty();
    }
    int[] normal = table.normalRows();
    int trained = (int) (TRAINED * normal.length);
    return Optional.of(
        new HeldBack(
            TableRows.of(table, Arrays.copyOfRange(normal, 0, trained)),
            TableRows.of(table, Arrays.copyOfRange(normal, trained, normal.length))));
  }

  private static SensorTable normalOf(SensorTable test) {
    int[] rows = test.hasTimestamps() ? TableRows.leadingNormal(test) : test.normalRows();
    return TableRows.of(test, rows);
  }
}
