package dev.elbow.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class WindowTest {

  @Test
  void countsRowsAndFeatures() {
    assertThat(Window.SINGLE_ROW.rows()).isEqualTo(1);
    assertThat(Window.SINGLE_ROW.isSingleRow()).isTrue();
    assertThat(Window.DYADIC.rows()).isEqualTo(64);
    assertThat(Window.DYADIC.features(3)).isEqualTo(21);
    assertThat(Window.ofRows(8).blocks()).containsExactly(1, 1, 1, 1, 1, 1, 1, 1);
    assertThat(Window.ofRows(8).features(5)).isEqualTo(40);
    assertThat(Window.ofRows(8).isSingleRow()).isFalse();
  }

  @Test
  void beginsWithTheScoredRowAlone() {
    assertThatThrownBy(() -> new Window(List.of(2, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[2, 1]");
  }

  @Test
  void rejectsNoBlocksEmptyBlocksAndTooManyRows() {
    assertThatThrownBy(() -> new Window(List.of())).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Window(List.of(1, 0)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Window(List.of(1, Integer.MAX_VALUE, Integer.MAX_VALUE)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Window.ofRows(0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Window.ofRows(4097)).isInstanceOf(IllegalArgumentException.class);
  }
}
