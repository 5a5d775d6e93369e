package dev.elbow.trainer.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.elbow.score.Mask;
import dev.elbow.score.Rows;
import dev.elbow.trainer.Reference;
import dev.elbow.trainer.fit.FitSettings.Mode;
import dev.elbow.trainer.fit.FitSettings.Steps;
import dev.elbow.trainer.fit.single.AlternatingSteps;
import dev.elbow.trainer.fit.single.Minibatches;
import dev.elbow.trainer.vae.Loss;
import dev.elbow.trainer.vae.Vae;
import dev.elbow.trainer.vae.single.SingleVae;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

/** What the build writes in single precision, against automatic differentiation in double. */
class SinglePrecisionTest {

  private static final int ROUNDS = 3;

  /** A thousand roundings of 6e-8, which is more than any sum of the small networks has. */
  private static final double TOLERANCE = 1e-4;

  private final Reference reference = Reference.read();

  @Test
  void alternatingRoundsEndAtTheReferencesParameters() {
    Vae vae = reference.vae();
    SingleVae single = SingleVae.of(vae);
    AlternatingSteps fit =
        new AlternatingSteps(
            new Steps(Mode.ALTERNATING, 1, 1, 1),
            single,
            new AlternatingFitReferenceTest.Replay(reference));
    Minibatches.Minibatch batch =
        new Minibatches.Minibatch(rounded(reference.numbers("/x")), Mask.all(4, 5));
    float learningRate = (float) reference.number("/alternating/adam/learning_rate");

    for (int round = 0; round < ROUNDS; round++) {
      Loss loss = fit.round(batch, learningRate);

      String pointer = "/alternating/losses/%d/1".formatted(2 * round + 1);
      assertThat(loss.total()).isCloseTo(reference.number(pointer), within(TOLERANCE));
    }

    single.copyTo(vae);
    reference.forEachMatrix(
        "/alternating/parameters_after",
        vae.parameters(),
        (name, expected) ->
            assertThat(vae.parameters().get(name).data)
                .as(name)
                .containsExactly(expected, within(TOLERANCE)));
  }

  private static FMatrixRMaj rounded(double[] x) {
    FMatrixRMaj matrix = new FMatrixRMaj(4, 5);
    for (int c = 0; c < x.length; c++) {
      matrix.data[c] = (float) x[c];
    }
    return matrix;
  }

  @Test
  void parametersComeBackAsTheyWent() {
    Vae vae = Vae.random(FitSettings.defaults(6).network(), new SplittableRandom(1));
    Vae once = Vae.zeros(vae.architecture());
    Vae twice = Vae.zeros(vae.architecture());

    SingleVae.of(vae).copyTo(once);
    SingleVae.of(once).copyTo(twice);

    assertThat(twice.parameters().sameBits(once.parameters())).isTrue();
    assertThat(once.parameters().toArray())
        .containsExactly(vae.parameters().toArray(), within(1e-7));
  }

  /** The loss that a round returns is all that it leaves behind. */
  @Test
  void roundsAllocateNothingButTheirLoss() {
    FitSettings settings = FitSettings.defaults(38);
    Rows x = Rows.zeros(256, 38);
    SingleVae vae = SingleVae.of(Vae.random(settings.network(), new SplittableRandom(1)));
    AlternatingSteps fit = new AlternatingSteps(settings.steps(), vae, new SplittableRandom(2));
    Minibatches.Minibatch batch =
        new Minibatches(x, Mask.all(256, 38), 64, new SplittableRandom(3)).next();
    for (int round = 0; round < 200; round++) {
      fit.round(batch, 1e-3f);
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    long before = threads.getCurrentThreadAllocatedBytes();
    for (int round = 0; round < 100; round++) {
      fit.round(batch, 1e-3f);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(allocated / 100).isLessThan(1024);
  }
}
