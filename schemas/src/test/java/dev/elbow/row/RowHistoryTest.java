package dev.elbow.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbow.score.Mask;
import dev.elbow.score.Rows;
import dev.elbow.score.Squash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RowHistoryTest {

  private static final Window SEVEN_ROWS = new Window(List.of(1, 1, 2, 3));

  private final RowTransform transform =
      new RowTransform(
          List.of(new SensorScaling("pressure", 0, 1), new SensorScaling("flow", 10, 2)),
          new Squash(3));

  /** Pressure −3..3, the newest 3: blocks 3 | 2 | (1 + 0)/2 | (−1 − 2 − 3)/3. */
  @Test
  void meansEveryBlockNewestFirst() {
    var history = new RowHistory(transform, SEVEN_ROWS);
    for (int t = -3; t <= 3; t++) {
      history.add(new double[] {t, 10 + 2 * t});
    }

    assertThat(history.isWarm()).isTrue();
    assertThat(written(history)).containsExactly(3, 3, 2, 2, 0.5, 0.5, -2, -2);
  }

  @Test
  void squashesBeforeItMeans() {
    var history = new RowHistory(transform, new Window(List.of(1, 2)));
    history.add(new double[] {5, 10});
    history.add(new double[] {1, 10});
    history.add(new double[] {0, 10});

    assertThat(written(history)[2]).isCloseTo((4 + Math.log(3)) / 2, within(1e-12));
  }

  @Test
  void leavesMissingValuesOutOfTheMean() {
    var history = new RowHistory(transform, new Window(List.of(1, 1, 2)));
    history.add(new double[] {1, Double.NaN});
    history.add(new double[] {Double.NaN, Double.NaN});
    history.add(new double[] {Double.NaN, 14});
    history.add(new double[] {2, 12});
    Mask mask = Mask.all(1, 6);

    double[] row = written(history, mask);

    assertThat(row).containsExactly(2, 1, 0, 2, 1, 0);
    assertThat(List.of(0, 1, 2, 3, 4, 5))
        .extracting(j -> mask.observed(0, j))
        .containsExactly(true, true, false, true, true, false);
  }

  @Test
  void warmsUpUntilItHoldsTheWindow() {
    var history = new RowHistory(transform, SEVEN_ROWS);
    for (int t = 0; t < 6; t++) {
      history.add(new double[] {0, 0});
    }

    assertThat(history.count()).isEqualTo(6);
    assertThat(history.isWarm()).isFalse();
    assertThatThrownBy(() -> written(history))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("6 of 7");
  }

  @Test
  void beginsAnewWhenCleared() {
    var history = RowHistory.of(transform, SEVEN_ROWS, randomRows(20));
    List<double[]> later = randomRows(7);

    history.clear();
    assertThat(history.count()).isZero();
    later.forEach(history::add);

    assertThat(written(history))
        .containsExactly(written(RowHistory.of(transform, SEVEN_ROWS, later)));
  }

  /** The window of every row against the plain means over the last 64 rows. */
  @Test
  void agreesWithPlainMeans() {
    List<double[]> rows = randomRows(500);
    var history = new RowHistory(transform, Window.DYADIC);

    for (int t = 0; t < rows.size(); t++) {
      history.add(rows.get(t));
      if (history.isWarm()) {
        double[] expected = plainMeans(rows.subList(t - 63, t + 1));
        assertThat(written(history)).containsExactly(expected, within(1e-12));
      }
    }
  }

  /** Exactly: a restart or a wrong row long ago must not move a score by even one bit. */
  @Test
  void isAFunctionOfItsRowsAlone() {
    List<double[]> rows = randomRows(3000);
    var unbroken = new RowHistory(transform, Window.DYADIC);
    unbroken.add(new double[] {1e300, -1e300});
    unbroken.add(new double[] {Double.MAX_VALUE, Double.NEGATIVE_INFINITY});
    rows.forEach(unbroken::add);

    var rebuilt = RowHistory.of(transform, Window.DYADIC, rows);

    assertThat(written(rebuilt)).containsExactly(written(unbroken));
  }

  @Test
  void rowBeyondAnyDoubleIsUnscorableAndSparesThoseAfterIt() {
    var history = new RowHistory(transform, new Window(List.of(1, 1, 2)));
    List.of(0.0, 0.0, 0.0, Double.POSITIVE_INFINITY)
        .forEach(value -> history.add(new double[] {value, 10}));

    assertThat(written(history)[0]).isInfinite();
    for (int t = 0; t < 4; t++) {
      history.add(new double[] {0, 10});
      assertThat(written(history)[0]).isZero();
      assertThat(written(history)).doesNotContain(Double.POSITIVE_INFINITY);
    }
    assertThat(written(history)).containsOnly(0);
  }

  @Test
  void staysFiniteWhateverComes() {
    var history = new RowHistory(transform, new Window(List.of(1, 4095)));
    for (int t = 0; t < 4096; t++) {
      history.add(new double[] {Double.MAX_VALUE, -Double.MAX_VALUE});
    }

    double pressure = 3 + Math.log(Double.MAX_VALUE);
    double flow = -3 - Math.log(Double.MAX_VALUE / 2);
    assertThat(written(history))
        .containsExactly(new double[] {pressure, flow, pressure, flow}, within(1e-9));
  }

  @Test
  void isTheRowItselfForAWindowOfOne() {
    var history = new RowHistory(transform, Window.SINGLE_ROW);
    Rows row = Rows.zeros(1, 2);
    transform.write(new double[] {1.1, 77}, row, Mask.all(1, 2), 0);

    history.add(new double[] {-5, 0});
    history.add(new double[] {1.1, 77});

    assertThat(written(history)).containsExactly(row.row(0));
  }

  @Test
  void rejectsARowOfAnotherWidth() {
    var history = new RowHistory(transform, SEVEN_ROWS);

    assertThatThrownBy(() -> history.add(new double[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected 2 values, found 3");
  }

  private static double[] written(RowHistory history) {
    return written(history, Mask.all(1, history.features()));
  }

  private static double[] written(RowHistory history, Mask mask) {
    Rows x = Rows.zeros(1, history.features());
    history.write(x, mask, 0);
    return x.row(0);
  }

  /** Rows of both sensors, one value in ten missing, some far out. */
  private static List<double[]> randomRows(int count) {
    var random = new SplittableRandom(7);
    List<double[]> rows = new ArrayList<>();
    for (int t = 0; t < count; t++) {
      rows.add(new double[] {value(random, 0, 1), value(random, 10, 2)});
    }
    return rows;
  }

  private static double value(SplittableRandom random, double mean, double scale) {
    return random.nextInt(10) == 0 ? Double.NaN : mean + 3 * scale * random.nextGaussian();
  }

  /** The dyadic window of 64 rows, oldest first, by summing up every block anew. */
  private double[] plainMeans(List<double[]> rows) {
    double[] means = new double[14];
    int[] ages = {0, 1, 2, 4, 8, 16, 32, 64};
    for (int cell = 0; cell < 14; cell++) {
      int b = cell / 2;
      int d = cell % 2;
      means[cell] =
          rows.subList(64 - ages[b + 1], 64 - ages[b]).stream()
              .mapToDouble(row -> row[d])
              .filter(value -> !Double.isNaN(value))
              .map(value -> modelValue(d, value))
              .average()
              .orElse(0);
    }
    return means;
  }

  private double modelValue(int d, double value) {
    double[] row = new double[2];
    Arrays.fill(row, Double.NaN);
    row[d] = value;
    Rows x = Rows.zeros(1, 2);
    transform.write(row, x, Mask.all(1, 2), 0);
    return x.get(0, d);
  }
}
