package dev.elbow.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RowStoreTest {

  private static final int ROWS = RowStore.ROWS;

  @Test
  void takesFourBytesForFloatsAndForDecimals() {
    assertThat(SmallestColumn.of(new double[] {1.5, Double.NaN, 1e10, -0.0}, 4))
        .isInstanceOf(Column.Floats.class);
    assertThat(SmallestColumn.of(new double[] {0.38, Double.NaN, -21.125, 200_000.01}, 4))
        .isInstanceOf(Column.Decimals.class);
    assertThat(SmallestColumn.of(new double[] {Double.NaN, Double.NaN}, 2))
        .isInstanceOf(Column.Missing.class);
  }

  @Test
  void takesEightBytesForWhatNeedsThem() {
    assertThat(SmallestColumn.of(new double[] {Math.PI, 1}, 2)).isInstanceOf(Column.Doubles.class);
    assertThat(SmallestColumn.of(new double[] {-0.0, 0.1}, 2)).isInstanceOf(Column.Doubles.class);
    assertThat(SmallestColumn.of(new double[] {3e9 + 0.1, 0.1}, 2))
        .isInstanceOf(Column.Doubles.class);
    assertThat(SmallestColumn.of(new double[] {2e9, 0.1}, 2)).isInstanceOf(Column.Doubles.class);
  }

  /** Whatever the values, up to the bound they come out to the last bit. */
  @Test
  void givesBackWhatWasPutIn() {
    SplittableRandom random = new SplittableRandom(1);
    for (int trial = 0; trial < 2000; trial++) {
      double[] values = new double[32];
      int kind = trial % 5;
      for (int row = 0; row < values.length; row++) {
        values[row] = value(random, kind);
      }

      Column column = SmallestColumn.of(values, values.length);

      for (int row = 0; row < values.length; row++) {
        assertThat(Double.doubleToRawLongBits(column.value(row)))
            .isEqualTo(Double.doubleToRawLongBits(values[row]));
      }
    }
  }

  private static double value(SplittableRandom random, int kind) {
    if (random.nextInt(10) == 0) {
      return Double.NaN;
    }
    return switch (kind) {
      case 0 -> (float) random.nextDouble(-1e6, 1e6);
      case 1 -> Double.parseDouble(random.nextInt() + "e-" + random.nextInt(10));
      case 2 -> Double.parseDouble(random.nextInt(1000) + "." + random.nextInt(100_000));
      case 3 -> Math.rint(random.nextDouble(0, 1000) * 1e4) / 1e4;
      default -> random.nextDouble();
    };
  }

  @Test
  void letsColumnsAppearOnTheWay() {
    RowStore rows = new RowStore();
    for (int i = 0; i < ROWS; i++) {
      rows.add(new double[] {i});
    }
    rows.add(new double[] {0.25, 7});

    Column[][] chunks = rows.finish();

    assertThat(rows.count()).isEqualTo(ROWS + 1);
    assertThat(chunks[0]).hasSize(1);
    assertThat(chunks[0][0].value(ROWS - 1)).isEqualTo(ROWS - 1);
    assertThat(chunks[1][1].value(0)).isEqualTo(7);
  }

  @Test
  void roundsToFloatsWhatGoesBeyondTheBound() {
    RowStore rows = new RowStore();
    double[] row = new double[64];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < RowStore.MOST_DOUBLES / row.length + ROWS; i++) {
      Arrays.setAll(row, d -> random.nextDouble());
      rows.add(row);
    }

    Column[][] chunks = rows.finish();

    assertThat(rows.rounded()).isEqualTo((long) ROWS * row.length);
    assertThat(chunks[0][0]).isInstanceOf(Column.Doubles.class);
    assertThat(chunks[chunks.length - 1][63].value(ROWS - 1)).isEqualTo((float) row[63]);
  }
}
