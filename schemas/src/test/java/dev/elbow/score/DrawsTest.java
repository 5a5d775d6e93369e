package dev.elbow.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrawsTest {

  @Test
  void antitheticDrawsComeInOppositePairs() {
    Draws draws = Draws.antithetic(4, 3, new SplittableRandom(1));

    assertThat(draws.count()).isEqualTo(4);
    assertThat(draws.latents()).isEqualTo(3);
    assertThat(draws.eps().row(1)).containsExactly(negative(draws.eps().row(0)));
    assertThat(draws.eps().row(3)).containsExactly(negative(draws.eps().row(2)));
    assertThat(draws.eps().row(2)).isNotEqualTo(draws.eps().row(0));
  }

  @Test
  void oddCountEndsAtTheMean() {
    Draws draws = Draws.antithetic(3, 2, new SplittableRandom(1));

    assertThat(draws.eps().row(2)).containsExactly(0, 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 16, 17})
  void everyLatentHasUnitSecondMoment(int count) {
    Draws draws = Draws.antithetic(count, 3, new SplittableRandom(1));

    for (int k = 0; k < 3; k++) {
      double sumOfSquares = 0;
      for (int s = 0; s < count; s++) {
        sumOfSquares += draws.eps().get(s, k) * draws.eps().get(s, k);
      }
      assertThat(sumOfSquares / count).isCloseTo(1, within(1e-14));
    }
  }

  /** The fourth moment is not forced: it must come out as the standard normal's 3, ± √(96/n). */
  @Test
  void drawsAreNormal() {
    int pairs = 20_000;
    Draws draws = Draws.antithetic(2 * pairs, 1, new SplittableRandom(1));

    double fourthMoment =
        Arrays.stream(draws.eps().values()).map(e -> e * e * e * e).average().orElseThrow();

    assertThat(fourthMoment).isCloseTo(3, within(4 * Math.sqrt(96.0 / pairs)));
  }

  @Test
  void singleDrawIsTheMean() {
    assertThat(Draws.antithetic(1, 2, new SplittableRandom(1)).eps().values())
        .containsExactly(0, 0);
  }

  @Test
  void sameSeedGivesTheSameDraws() {
    Draws first = Draws.antithetic(4, 3, new SplittableRandom(7));
    Draws second = Draws.antithetic(4, 3, new SplittableRandom(7));

    assertThat(second.eps().values()).isEqualTo(first.eps().values());
  }

  @Test
  void atTheMeanIsOneDrawOfZeros() {
    assertThat(Draws.atTheMean(3).eps().values()).containsExactly(0, 0, 0);
  }

  @Test
  void rejectsNoDrawAtAll() {
    assertThatThrownBy(() -> new Draws(Rows.zeros(0, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected at least one");
  }

  private static double[] negative(double[] values) {
    return Arrays.stream(values).map(v -> -v).toArray();
  }
}
