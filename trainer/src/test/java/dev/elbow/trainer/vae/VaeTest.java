package dev.elbow.trainer.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbow.score.DiagonalGaussian;
import dev.elbow.score.Rows;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
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
  void initialWeightsLieWithinGlorotsBound() {
    Affine first = vae.encoder().hidden().layers().get(0);
    double bound = Math.sqrt(6.0 / (first.in() + first.out()));

    assertThat(Arrays.stream(first.weights().data))
        .allMatch(w -> Math.abs(w) <= bound)
        .anyMatch(w -> Math.abs(w) > 0.9 * bound);
    assertThat(first.bias().data).containsOnly(0);
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

  /** With zero weights in the networks, μ = x V and m = z V are all that is left. */
  @Test
  void linearSkipsGoPastTheHiddenLayers() {
    Vae straight =
        Vae.zeros(
            new Architecture(2, 1, List.of(3), List.of(3), Activation.TANH, 0.2, 1)
                .withLinearSkips(true));
    straight.parameters().get("encoder.mu.skip").setTo(new DMatrixRMaj(2, 1, true, 0.5, -1));
    straight.parameters().get("decoder.mean.skip").setTo(new DMatrixRMaj(1, 2, true, 2, 3));

    Rows x = Rows.copyOf(new double[][] {{4, 1}, {-2, 3}});

    assertThat(straight.encode(x).mean().values()).containsExactly(1, -4);
    assertThat(straight.decode(Rows.copyOf(new double[][] {{1}, {-4}})).mean().values())
        .containsExactly(2, 3, -8, -12);
  }

  @Test
  void linearSkipsStartAtNothing() {
    Architecture plain = Architecture.defaults(4);
    Vae without = Vae.random(plain, new SplittableRandom(3));
    Vae with = Vae.random(plain.withLinearSkips(true), new SplittableRandom(3));
    Rows x = Rows.copyOf(new double[][] {{1, 2, 3, 4}});

    assertThat(with.encode(x).mean().values()).isEqualTo(without.encode(x).mean().values());
  }

  @Test
  void architectureOutOfRangeIsRejected() {
    assertThatThrownBy(
            () -> new Architecture(3, 1025, List.of(4), List.of(4), Activation.TANH, 0.2, 1))
        .hasMessage("latents: expected 1 to 1024, found 1025");
    assertThatThrownBy(
            () -> new Architecture(3, 2, List.of(65_537), List.of(4), Activation.TANH, 0.2, 1))
        .hasMessageContaining("encoder hidden layers: expected widths of 1 to 65536");
    assertThatThrownBy(
            () -> new Architecture(3, 2, List.of(4), List.of(65_536, 256), Activation.TANH, 0.2, 1))
        .hasMessageContaining("decoder: expected at most 16,000,000 weights and biases")
        .hasMessageEndingWith("found 16,975,622");
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
