package dev.elbow.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RowsTest {

  private static final double[][] TWO_BY_THREE = {{1, 2, 3}, {4, 5, 6}};

  @Test
  void isRowMajor() {
    Rows rows = Rows.copyOf(TWO_BY_THREE);

    assertThat(rows.values()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(rows.get(1, 0)).isEqualTo(4);
    assertThat(rows.row(1)).containsExactly(4, 5, 6);
    assertThat(rows.sumOfRow(1)).isEqualTo(15);
  }

  @Test
  void sharesTheArrayItIsMadeOf() {
    double[] values = {1, 2};
    Rows rows = Rows.of(1, 2, values);

    rows.set(0, 1, 7);

    assertThat(values).containsExactly(1, 7);
  }

  @Test
  void copiesWhenAskedTo() {
    double[][] source = {{1, 2}};
    Rows rows = Rows.copyOf(source);

    source[0][0] = 9;
    rows.row(0)[1] = 9;

    assertThat(rows.values()).containsExactly(1, 2);
  }

  @Test
  void rejectsAnArrayOfAnotherSize() {
    assertThatThrownBy(() -> Rows.of(2, 2, new double[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 values cannot be 2×2");
  }

  @Test
  void rejectsRowsOfDifferentLength() {
    assertThatThrownBy(() -> Rows.copyOf(new double[][] {{1, 2}, {3}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("row 1 has 1 values, row 0 has 2");
  }
}
