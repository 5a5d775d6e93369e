package dev.elbow.score;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Fills the missing cells of rows with what the model expects there, so that its encoder sees whole
 * rows.
 *
 * <pre>
 *   x_m ← m_m( μ(x) ),  a few times over, from x_m = 0
 * </pre>
 *
 * <p>A 0, the mean of the fit rows, contradicts the other sensors wherever these are far from their
 * means, and the row then looks stranger than it is. Each step brings the row closer to one the
 * model knows. The filled cells take no part in the reconstruction: what is scored stays what was
 * observed.
 *
 * <p>Equation (62) of {@code docs/math.md}.
 *
 * <p>Source: Rezende, Mohamed and Wierstra 2014 (arXiv 1401.4082), section 6.3 and appendix F,
 * whose Markov chain draws z and x_m; here both are taken at their means, because a score must not
 * depend on chance.
 */
public final class Imputation {

  /**
   * Twelve tables with up to half of the cells removed were ranked the better the more steps were
   * taken; after five the gain of another was below 0.005 AUC.
   */
  private static final int STEPS = 5;

  /**
   * Filled at once: with the networks' activations, all rows of a fit would not fit into memory.
   */
  private static final int ROWS = 4096;

  private Imputation() {}

  /**
   * The rows with their missing cells filled.
   *
   * @param x N×D; not modified
   * @param mask N×D, which cells were observed
   * @return {@code x} itself if nothing is missing
   */
  public static Rows fill(VariationalModel model, Rows x, Mask mask) {
    int[] incomplete =
        IntStream.range(0, x.count()).filter(i -> mask.observedIn(i) < x.columns()).toArray();
    if (incomplete.length == 0) {
      return x;
    }
    Rows filled = Rows.of(x.count(), x.columns(), x.values().clone());
    for (int from = 0; from < incomplete.length; from += ROWS) {
      int to = Math.min(incomplete.length, from + ROWS);
      fill(model, mask, Arrays.copyOfRange(incomplete, from, to), filled);
    }
    return filled;
  }

  /**
   * @param rows which have missing cells
   * @param x N×D; the missing cells of these rows are overwritten
   */
  private static void fill(VariationalModel model, Mask mask, int[] rows, Rows x) {
    Rows part = Rows.zeros(rows.length, x.columns());
    writeObserved(x, mask, rows, part);
    for (int step = 0; step < STEPS; step++) {
      Rows expected = model.decode(model.encode(part).mean()).mean();
      writeMissing(expected, mask, rows, part);
    }
    for (int p = 0; p < rows.length; p++) {
      for (int d = 0; d < x.columns(); d++) {
        x.set(rows[p], d, part.get(p, d));
      }
    }
  }

  private static void writeObserved(Rows x, Mask mask, int[] rows, Rows part) {
    for (int p = 0; p < rows.length; p++) {
      for (int d = 0; d < x.columns(); d++) {
        part.set(p, d, mask.observed(rows[p], d) ? x.get(rows[p], d) : 0);
      }
    }
  }

  private static void writeMissing(Rows expected, Mask mask, int[] rows, Rows part) {
    for (int p = 0; p < rows.length; p++) {
      for (int d = 0; d < expected.columns(); d++) {
        if (!mask.observed(rows[p], d)) {
          part.set(p, d, expected.get(p, d));
        }
      }
    }
  }
}
