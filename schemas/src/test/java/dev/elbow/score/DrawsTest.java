package dev.elbow.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

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

  /** The second moment of a standard normal is 1, its estimate from n numbers has error √(2/n). */
  @Test
  void drawsHaveUnitVariance() {
    int pairs = 20_000;
    Draws draws = Draws.antithetic(2 * pairs, 1, new SplittableRandom(1));

    double secondMoment =
        Arrays.stream(draws.eps().values()).map(e -> e * e).average().orElseThrow();

    assertThat(secondMoment).isCloseTo(1, within(4 * Math.sqrt(2.0 / pairs)));
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
