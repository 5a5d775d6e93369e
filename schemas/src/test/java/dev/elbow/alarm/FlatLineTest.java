package dev.elbow.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlatLineTest {

  private static final FlatLine TWO_SENSORS = new FlatLine(List.of(4, 0));

  @Test
  void raisesSensorOnceWhenItsRunIsClearlyLongerThanAnyInTraining() {
    List<Integer> raisedAt = new ArrayList<>();
    Runs runs = Runs.none(2);
    for (int t = 1; t <= 100; t++) {
      Runs next = runs.next(new double[] {7.5, t});
      if (!TWO_SENSORS.onsets(runs, next).isEmpty()) {
        raisedAt.add(t);
      }
      runs = next;
    }

    // 3 · 4 + 20 rows are not too many
    assertThat(raisedAt).containsExactly(33);
    assertThat(TWO_SENSORS.stuck(runs)).isEqualTo(1);
  }

  @Test
  void neverRaisesSensorThatIsExempt() {
    Runs runs = Runs.none(2);
    for (int t = 0; t < 1000; t++) {
      Runs next = runs.next(new double[] {t, 3});
      assertThat(TWO_SENSORS.onsets(runs, next)).isEmpty();
      runs = next;
    }

    assertThat(TWO_SENSORS.stuck(runs)).isZero();
  }

  @Test
  void raisesSensorAgainAfterItHasMoved() {
    Runs runs = repeated(Runs.none(2), 40);

    Runs moved = runs.next(new double[] {8, 0});
    Runs again = repeated(moved, 31);

    assertThat(TWO_SENSORS.stuck(moved)).isZero();
    assertThat(TWO_SENSORS.onsets(again, again.next(new double[] {1, 0}))).isEmpty();
    assertThat(TWO_SENSORS.onsets(repeated(again, 1), repeated(again, 2))).containsExactly(0);
  }

  @Test
  void missingValueNeitherCountsNorEndsTheRun() {
    Runs runs = repeated(Runs.none(2), 32);

    Runs missing = runs.next(new double[] {Double.NaN, 0});

    assertThat(missing.rows(0)).isEqualTo(32);
    assertThat(missing.value(0)).isEqualTo(1);
    assertThat(TWO_SENSORS.onsets(missing, repeated(missing, 1))).containsExactly(0);
  }

  @Test
  void zeroOfEitherSignIsOneValue() {
    Runs runs = Runs.none(1).next(new double[] {0.0}).next(new double[] {-0.0});

    assertThat(runs.rows(0)).isEqualTo(2);
  }

  @Test
  void runsAreMadeAgainOfTheirParts() {
    Runs runs = repeated(Runs.none(2), 3).next(new double[] {Double.NaN, 5});

    assertThat(Runs.of(new double[] {1, 5}, new int[] {3, 1})).isEqualTo(runs);
  }

  @Test
  void refusesRowOfAnotherWidth() {
    assertThatThrownBy(() -> Runs.none(2).next(new double[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("runs: expected 2 values, found 3");
  }

  /** Rows in which the first sensor always reads 1 and the second 0. */
  private static Runs repeated(Runs runs, int times) {
    Runs next = runs;
    for (int t = 0; t < times; t++) {
      next = next.next(new double[] {1, 0});
    }
    return next;
  }
}
