package dev.elbow.trainer.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbow.trainer.vae.Activation;
import dev.elbow.trainer.vae.Architecture;
import dev.elbow.trainer.vae.Parameters;
import dev.elbow.trainer.vae.Vae;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdamTest {

  private static final String NAME = "decoder.mean.b";

  private final Vae vae =
      Vae.zeros(new Architecture(2, 1, List.of(1), List.of(1), Activation.TANH, 0.2, 1));
  private final Parameters parameters = vae.decoder().parameters();
  private final Parameters gradient = parameters.copy();
  private final Adam adam = new Adam(parameters);

  /** After bias correction m̂ = g and √v̂ = |g| at first, so the step is α whatever the scale. */
  @Test
  void firstStepIsTheLearningRateAgainstTheGradient() {
    gradient.get(NAME).data[0] = 250;
    gradient.get(NAME).data[1] = -4e-3;

    adam.step(gradient, 0.1);

    assertThat(parameters.get(NAME).data[0]).isCloseTo(-0.1, within(1e-9));
    assertThat(parameters.get(NAME).data[1]).isCloseTo(0.1, within(1e-6));
  }

  /**
   * g = 1, then g = 3: m = 0.1, then 0.39, over 1 − 0.9² = 0.19; v = 0.01, then 0.0999, over 1 −
   * 0.99² = 0.0199. Moves −0.1, then −0.1 · (0.39/0.19) / √(0.0999/0.0199).
   */
  @Test
  void secondStepIsAsWorkedOutByHand() {
    gradient.get(NAME).data[0] = 1;
    adam.step(gradient, 0.1);
    gradient.get(NAME).data[0] = 3;
    adam.step(gradient, 0.1);

    double expected = -0.1 - 0.1 * (0.39 / 0.19) / Math.sqrt(0.0999 / 0.0199);
    assertThat(parameters.get(NAME).data[0]).isCloseTo(expected, within(1e-8));
  }

  @Test
  void parameterWithoutGradientStays() {
    gradient.get(NAME).data[0] = 1;

    adam.step(gradient, 0.1);

    assertThat(parameters.get(NAME).data[1]).isZero();
  }
}
