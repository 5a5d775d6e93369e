package dev.elbow.trainer.input;

import dev.elbow.input.InvalidInputException;
import dev.elbow.row.Continuity;
import dev.elbow.row.FrontEnd;
import dev.elbow.row.RowTransform;
import dev.elbow.row.Window;
import dev.elbow.score.Whitening;
import dev.elbow.trainer.data.ModelRows;
import dev.elbow.trainer.data.SensorTable;
import dev.elbow.trainer.data.Standardization;
import dev.elbow.trainer.data.Stretches;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a model is to see of a table, and why: rows or windows of a series, and how they are
 * whitened.
 *
 * <p>Rows without timestamps, or whose neighbours do not resemble each other, are judged one by
 * one. A series of more than four sensors is seen eight rows at a time, one of few over 64 rows,
 * the older the coarser: it has little but its past to be held against. The ridges are those of the
 * measured recipe; the wider window has the larger one, because its older blocks hardly differ from
 * row to row.
 *
 * @param window what the model sees of an entity's rows
 * @param ridge of the whitening, in squared standard deviations; plays no part for single rows
 * @param continuity what breaks a window; single rows are taken as they come
 * @param reason why, for people
 */
public record InputChoice(Window window, double ridge, Continuity continuity, String reason) {

  /** Of windows of rows. */
  static final double RIDGE = 1e-3;

  /** Of windows in which a block is longer than a row. */
  static final double RIDGE_OF_BLOCKS = 0.1;

  /** So few sensors say little about each other, and most about themselves by their past. */
  static final int FEW_SENSORS = 4;

  /** Fewer windows than this, after those left out beside the held-out ones, are too few to fit. */
  static final int LEAST_WINDOWS = 128;

  private static final List<Window> OF_MANY_SENSORS =
      List.of(Window.ofRows(8), Window.ofRows(4), Window.ofRows(2));

  private static final List<Window> OF_FEW_SENSORS =
      IntStream.iterate(Window.DYADIC.blocks().size(), blocks -> blocks > 1, blocks -> blocks - 1)
          .mapToObj(blocks -> new Window(Window.DYADIC.blocks().subList(0, blocks)))
          .toList();

  /**
   * Decides.
   *
   * @throws InvalidInputException if a window was asked for that the data cannot fill
   */
  public static InputChoice of(SensorTable table, InputSettings settings) {
    Continuity continuity = Stretches.continuityOf(table, settings.gapSteps());
    UsableRows usable = new UsableRows(table);
    Stretches stretches = Stretches.of(table, continuity, i -> !usable.contains(i));
    Chooser chooser = new Chooser(table, stretches, continuity, settings);
    return settings.window().map(chooser::asked).orElseGet(chooser::decided);
  }

  /** What the decision is made from. */
  private record Chooser(
      SensorTable table, Stretches stretches, Continuity continuity, InputSettings settings) {

    InputChoice asked(Window window) {
      if (window.rows() > 1 && stretches.windows(window) < 2 * window.rows()) {
        throw new InvalidInputException(
            "--window of %d rows: only %d rows have that many behind them, without a gap and without a"
                    .formatted(window.rows(), stretches.windows(window))
                + " row labelled anomalous; give a shorter one or --window rows");
      }
      return chosen(window, "asked for");
    }

    InputChoice decided() {
      if (!table.hasTimestamps()) {
        return chosen(Window.SINGLE_ROW, "the data have no timestamps");
      }
      SerialCorrelation correlation = correlation();
      String found =
          String.format(
              Locale.ROOT,
              "the largest correlation of consecutive rows is %.2f, by chance it would be below %.2f",
              correlation.largest(),
              correlation.byChance());
      if (!correlation.isSeries()) {
        return chosen(Window.SINGLE_ROW, found);
      }
      List<Window> wanted = table.features() <= FEW_SENSORS ? OF_FEW_SENSORS : OF_MANY_SENSORS;
      Window window = wanted.stream().filter(this::isFilled).findFirst().orElse(Window.SINGLE_ROW);
      return chosen(
          window,
          window.equals(wanted.get(0)) ? found : found + "; the data do not fill a longer window");
    }

    /** Whether there are enough windows, and not half of the rows without one. */
    private boolean isFilled(Window window) {
      long windows = stretches.windows(window);
      long beside = (window.rows() - 1L) * table.series().size();
      return windows - beside >= LEAST_WINDOWS
          && 2 * windows >= table.normalRows().length
          && window.features(table.features()) <= WhiteningFit.MOST_FEATURES;
    }

    private SerialCorrelation correlation() {
      int[] all = IntStream.range(0, table.count()).toArray();
      var transform = Standardization.fit(table, table.normalRows());
      return SerialCorrelation.of(ModelRows.of(table, all, transform), stretches);
    }

    private InputChoice chosen(Window window, String reason) {
      boolean blocks = window.rows() > window.blocks().size();
      double ridge = settings.ridge().orElse(blocks ? RIDGE_OF_BLOCKS : RIDGE);
      Continuity order = window.isSingleRow() ? Continuity.RECORD_ORDER : continuity;
      return new InputChoice(window, ridge, order, reason);
    }
  }

  /**
   * Fits the whitening.
   *
   * @param fit the fit rows' features
   * @return empty for single rows, which are seen as they are
   */
  public Optional<Whitening> whiten(ModelRows fit) {
    return window.isSingleRow()
        ? Optional.empty()
        : Optional.of(WhiteningFit.fit(fit.x(), fit.mask(), ridge));
  }

  /** All that stands between an entity's rows and the networks. */
  public FrontEnd frontEnd(RowTransform transform, Optional<Whitening> whitening) {
    return new FrontEnd(transform, window, continuity, whitening);
  }

  /** What was chosen and why, on one line. */
  public String describe() {
    String what =
        window.isSingleRow()
            ? "single rows"
            : Stream.of(
                    "windows of the last " + window.rows() + " rows",
                    window.rows() > window.blocks().size()
                        ? " in " + window.blocks().size() + " blocks"
                        : "",
                    ", whitened with ridge " + ridge)
                .reduce("", String::concat);
    return what + ": " + reason;
  }
}
