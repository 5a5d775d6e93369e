package dev.elbow.trainer.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbow.input.InvalidInputException;
import dev.elbow.score.DiagonalGaussian;
import dev.elbow.score.Mask;
import dev.elbow.score.Rows;
import dev.elbow.score.VariationalModel;
import org.junit.jupiter.api.Test;

class HeldOutLossTest {

  private static final double LN_2PI = Math.log(2 * Math.PI);

  /** Two sensors of mean {@code mean}·(1, 1) + z and unit variance; q(z|x) = N(0, ¼). */
  private record Model(double mean) implements VariationalModel {

    @Override
    public int features() {
      return 2;
    }

    @Override
    public int latents() {
      return 1;
    }

    @Override
    public DiagonalGaussian encode(Rows x) {
      Rows logVar = Rows.zeros(x.count(), 1);
      for (int i = 0; i < x.count(); i++) {
        logVar.set(i, 0, Math.log(0.25));
      }
      return new DiagonalGaussian(Rows.zeros(x.count(), 1), logVar);
    }

    @Override
    public DiagonalGaussian decode(Rows z) {
      Rows means = Rows.zeros(z.count(), 2);
      for (int i = 0; i < z.count(); i++) {
        means.set(i, 0, mean + z.get(i, 0));
        means.set(i, 1, mean + z.get(i, 0));
      }
      return new DiagonalGaussian(means, Rows.zeros(z.count(), 2));
    }
  }

  /**
   * Rows (1, −1) and (2, missing). z = ±½, so the mean squared residuals are 1 + ¼, 1 + ¼ and 4 +
   * ¼; the KL of every row is ½ (¼ − 1 + ln 4).
   */
  @Test
  void isTheMeanNegativeElboUnderTwoOppositeDraws() {
    Rows x = Rows.copyOf(new double[][] {{1, -1}, {2, 0}});
    Mask mask = Mask.all(2, 2);
    mask.miss(1, 1);

    double loss = new HeldOutLoss(x, mask).of(new Model(0));

    double kl = 0.5 * (0.25 - 1 + Math.log(4));
    double first = LN_2PI + 0.5 * 2.5;
    double second = 0.5 * LN_2PI + 0.5 * 4.25;
    assertThat(loss).isCloseTo(kl + (first + second) / 2, within(1e-12));
  }

  @Test
  void isInfiniteWhereTheModelHasNoNumber() {
    HeldOutLoss loss = new HeldOutLoss(Rows.zeros(3, 2), Mask.all(3, 2));

    assertThat(loss.of(new Model(Double.NaN))).isEqualTo(Double.POSITIVE_INFINITY);
  }

  /** At σ_min = 0.2 and x = 0 the limit is ln(2π/25) + 25 = 23.6; the model adds m² to 2.4. */
  @Test
  void refusesAModelThatIsWorseThanAnAbsurdOne() {
    HeldOutLoss loss = new HeldOutLoss(Rows.zeros(3, 2), Mask.all(3, 2));

    assertThatCode(() -> loss.requireSane(new Model(4.5), 0.2, 0.003)).doesNotThrowAnyException();
    assertThatThrownBy(() -> loss.requireSane(new Model(4.7), 0.2, 0.003))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("its loss on the held-out rows is 24.5")
        .hasMessageContaining("has 23.6")
        .hasMessageContaining("lower the learning rate, which was 0.003");
    assertThatThrownBy(() -> loss.requireSane(new Model(Double.NaN), 0.2, 0.003))
        .hasMessageContaining("is Infinity nats");
  }

  @Test
  void needsARow() {
    assertThatThrownBy(() -> new HeldOutLoss(Rows.zeros(0, 2), Mask.all(0, 2)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
