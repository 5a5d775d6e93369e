package dev.elbow.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbow.score.Mask;
import dev.elbow.score.Rows;
import org.junit.jupiter.api.Test;

class ModelRowsTest {

  @Test
  void putsOthersAfterTheseWithTheirMasks() {
    ModelRows first = rows(new double[][] {{1, 2}}, 0, 1);
    ModelRows second = rows(new double[][] {{3, 4}, {5, 6}}, 1, 0);

    ModelRows both = first.and(second);

    assertThat(both.x().values()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(both.mask().observed(0, 1)).isFalse();
    assertThat(both.mask().observed(2, 0)).isFalse();
    assertThat(both.mask().observedIn(1)).isEqualTo(2);
  }

  private static ModelRows rows(double[][] values, int row, int missing) {
    Rows x = Rows.copyOf(values);
    Mask mask = Mask.all(x.count(), x.columns());
    mask.miss(row, missing);
    return new ModelRows(x, mask);
  }
}
