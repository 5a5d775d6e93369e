package dev.elbow.trainer.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbow.score.DiagonalGaussian;
import dev.elbow.score.Rows;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VaeTest {

  private final Vae vae = Vae.random(Architecture.defaults(9), new SplittableRandom(1));

  @Test
  void hasTheShapeOfItsArchitecture() {
    assertThat(vae.features()).isEqualTo(9);
    assertThat(vae.latents()).isEqualTo(4);
    assertThat(vae.parameters().names())
        .containsExactly(
            "encoder.hidden1.W",
            "encoder.hidden1.b",
            "encoder.hidden2.W",
            "encoder.hidden2.b",
            "encoder.mu.W",
            "encoder.mu.b",
            "encoder.log_var.W",
            "encoder.log_var.b",
            "decoder.hidden1.W",
            "decoder.hidden1.b",
            "decoder.hidden2.W",
            "decoder.hidden2.b",
            "decoder.mean.W",
            "decoder.mean.b",
            "decoder.log_var.W",
            "decoder.log_var.b");
    assertThat(vae.encoder().mu().in()).isEqualTo(32);
    assertThat(vae.decoder().mean().out()).isEqualTo(9);
  }

  @ParameterizedTest
  @CsvSource({"1,2", "5,2", "6,3", "31,15", "36,16", "500,16"})
  void defaultLatentsAreHalfTheFeaturesWithinTwoToSixteen(int features, int latents) {
    assertThat(Architecture.defaults(features).latents()).isEqualTo(latents);
  }

  @Test
  void decoderKeepsSigmaWithinItsBounds() {
    Rows far = Rows.copyOf(new double[][] {{1e3, -1e3, 1e3, 0}, {0, 0, 0, 0}});

    DiagonalGaussian p = vae.decode(far);

    assertThat(Arrays.stream(p.logVar().values()))
        .allMatch(logVar -> logVar >= 2 * Math.log(0.2) && logVar <= 0);
  }

  @Test
  void encoderKeepsLogVarianceWithinItsClamp() {
    Vae extreme = Vae.random(Architecture.defaults(2), new SplittableRandom(1));
    extreme.encoder().logVar().bias().data[0] = 100;
    extreme.encoder().logVar().bias().data[1] = -100;

    DiagonalGaussian q = extreme.encode(Rows.zeros(1, 2));

    assertThat(q.logVar().values()).containsExactly(6, -12);
  }

  @Test
  void rowsOfABatchDoNotInfluenceEachOther() {
    Rows both = Rows.zeros(2, 9);
    Arrays.setAll(both.values(), c -> Math.sin(c));
    Rows second = Rows.of(1, 9, both.row(1));

    assertThat(vae.encode(both).mean().row(1)).isEqualTo(vae.encode(second).mean().row(0));
  }

  @Test
  void initialParametersLieWithinOneOverTheSquareRootOfTheInputs() {
    assertThat(Arrays.stream(vae.encoder().hidden().layers().get(0).weights().data))
        .allMatch(w -> Math.abs(w) <= 1 / 3.0)
        .anyMatch(w -> Math.abs(w) > 0.9 / 3.0);
  }

  @Test
  void copyOfParametersIsASnapshot() {
    Parameters snapshot = vae.parameters().copy();
    assertThat(vae.parameters().sameBits(snapshot)).isTrue();

    vae.encoder().mu().bias().data[0] = Math.nextUp(vae.encoder().mu().bias().data[0]);

    assertThat(vae.parameters().sameBits(snapshot)).isFalse();
    vae.parameters().setTo(snapshot);
    assertThat(vae.parameters().sameBits(snapshot)).isTrue();
  }

  @Test
  void parametersKnowWhetherTheyAreFinite() {
    assertThat(vae.parameters().finite()).isTrue();

    vae.decoder().mean().bias().data[3] = Double.POSITIVE_INFINITY;

    assertThat(vae.parameters().finite()).isFalse();
  }

  @Test
  void parametersOfAnotherShapeAreRejected() {
    Vae other = Vae.zeros(Architecture.defaults(10));

    assertThatThrownBy(() -> vae.parameters().setTo(other.parameters()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("encoder.hidden1.W is 9×64 and cannot take 10×64");
  }

  @Test
  void architectureOutOfRangeIsRejected() {
    assertThatThrownBy(() -> Architecture.defaults(0)).hasMessageContaining("features");
    assertThatThrownBy(
            () -> new Architecture(3, 2, List.of(0), List.of(4), Activation.TANH, 0.2, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("encoder hidden layers");
    assertThatThrownBy(
            () -> new Architecture(3, 2, List.of(4), List.of(0), Activation.TANH, 0.2, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("decoder hidden layers");
    assertThatThrownBy(() -> new Architecture(3, 2, List.of(4), List.of(4), Activation.TANH, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("sigmaMax");
  }
}
