package dev.elbow.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbow.score.Mask;
import dev.elbow.score.Rows;
import org.junit.jupiter.api.Test;

class ModelRowsEvenlyTest {

  @Test
  void takesRowsFromBeginningToEndWithTheirMask() {
    Mask mask = Mask.all(6, 1);
    mask.miss(4, 0);
    ModelRows rows = new ModelRows(Rows.of(6, 1, new double[] {1, 2, 3, 4, 0, 6}), mask);

    ModelRows some = rows.evenly(3);

    assertThat(some.x().values()).containsExactly(1, 3, 0);
    assertThat(some.mask().observed(1, 0)).isTrue();
    assertThat(some.mask().observed(2, 0)).isFalse();
    assertThat(rows.evenly(6)).isSameAs(rows);
  }
}
