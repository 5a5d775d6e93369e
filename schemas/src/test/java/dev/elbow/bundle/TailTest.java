package dev.elbow.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbow.bundle.Tail.GeneralizedPareto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TailTest {

  private static final double ROUNDING = 1e-12;
  private static final HeldOutScores HELD_OUT = HeldOutScores.of(new double[] {1, 2, 3, 4});

  /** ξ = ½, σ = 2, t = 3, ζ = 0.4: at 7 it is 0.4 · (1 + ½ · 4/2)^(−2) = 0.4/4. */
  @Test
  void fallsAsAParetoTailBeyondItsLevel() {
    Tail tail = new GeneralizedPareto(3, 0.4, 2, 0.5, 1);

    assertThat(tail.probability(7, HELD_OUT)).isCloseTo(0.1, within(ROUNDING));
  }

  /** ξ = 0: at 5 it is 0.4 · e^(−2/2). */
  @Test
  void isExponentialForShapeNought() {
    Tail tail = new GeneralizedPareto(3, 0.4, 2, 0, 1);

    assertThat(tail.probability(5, HELD_OUT)).isCloseTo(0.4 / Math.E, within(ROUNDING));
  }

  /** Two of four scores are at least 3. */
  @Test
  void countsHeldOutScoresBelowItsLevel() {
    Tail tail = new GeneralizedPareto(3, 0.4, 2, 0.5, 1);

    assertThat(tail.probability(3, HELD_OUT)).isEqualTo(3.0 / 5);
    assertThat(tail.probability(-9, HELD_OUT)).isEqualTo(1);
    assertThat(new Tail.Empirical().probability(7, HELD_OUT)).isEqualTo(1.0 / 5);
  }

  /** ξ = −½, σ = 2: the tail ends at 3 + 2/½ = 7. */
  @Test
  void isNeverNought() {
    Tail ended = new GeneralizedPareto(3, 0.4, 2, -0.5, 1);
    Tail thin = new GeneralizedPareto(3, 0.4, 2, 0, 1);

    assertThat(ended.probability(7, HELD_OUT)).isEqualTo(Tail.LEAST_PROBABILITY);
    assertThat(ended.probability(8, HELD_OUT)).isEqualTo(Tail.LEAST_PROBABILITY);
    assertThat(thin.probability(1e6, HELD_OUT)).isEqualTo(Tail.LEAST_PROBABILITY);
    assertThat(thin.probability(Double.POSITIVE_INFINITY, HELD_OUT))
        .isEqualTo(Tail.LEAST_PROBABILITY);
  }

  @Test
  void isNoNumberForNone() {
    assertThat(new GeneralizedPareto(3, 0.4, 2, 0.5, 1).probability(Double.NaN, HELD_OUT)).isNaN();
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.5, -1e-12, 0, 1e-12, 0.3, 1})
  void findsTheScoreOfAProbability(double shape) {
    GeneralizedPareto tail = new GeneralizedPareto(3, 0.4, 2, shape, 1);

    assertThat(tail.probability(tail.score(0.001), HELD_OUT)).isCloseTo(0.001, within(ROUNDING));
    assertThat(tail.score(0.4)).isEqualTo(3);
  }

  @Test
  void rejectsWhatIsNoTail() {
    assertThatThrownBy(() -> new GeneralizedPareto(3, 1, 2, 0, 1)).hasMessageContaining("share");
    assertThatThrownBy(() -> new GeneralizedPareto(3, 0.4, 0, 0, 1)).hasMessageContaining("scale");
    assertThatThrownBy(() -> new GeneralizedPareto(3, 0.4, 2, Double.NaN, 1))
        .hasMessageContaining("shape");
  }
}
