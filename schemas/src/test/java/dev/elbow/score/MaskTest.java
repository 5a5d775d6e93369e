package dev.elbow.score;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MaskTest {

  @Test
  void startsWithEveryCellObserved() {
    Mask mask = Mask.all(2, 3);

    assertThat(mask.count()).isEqualTo(2);
    assertThat(mask.columns()).isEqualTo(3);
    assertThat(mask.observedIn(0)).isEqualTo(3);
    assertThat(mask.observedIn(1)).isEqualTo(3);
  }

  @Test
  void missesTheCellItIsToldToAndNoOther() {
    Mask mask = Mask.all(2, 3);

    mask.miss(1, 0);
    mask.miss(1, 0);

    assertThat(mask.observed(1, 0)).isFalse();
    assertThat(mask.observed(0, 0)).isTrue();
    assertThat(mask.observed(1, 1)).isTrue();
    assertThat(mask.observedIn(0)).isEqualTo(3);
    assertThat(mask.observedIn(1)).isEqualTo(2);
  }

  @Test
  void givenRowsAreCopiedInTheirOrder() {
    Mask mask = Mask.all(3, 2);
    mask.miss(2, 0);

    Mask chosen = mask.rows(new int[] {2, 0});
    chosen.miss(1, 1);

    assertThat(chosen.count()).isEqualTo(2);
    assertThat(chosen.observed(0, 0)).isFalse();
    assertThat(chosen.observed(0, 1)).isTrue();
    assertThat(chosen.observed(1, 1)).isFalse();
    assertThat(mask.observed(0, 1)).isTrue();
  }
}
