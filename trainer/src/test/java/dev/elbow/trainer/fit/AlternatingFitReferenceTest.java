package dev.elbow.trainer.fit;

import static dev.elbow.trainer.Reference.TOLERANCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.elbow.score.Mask;
import dev.elbow.trainer.Reference;
import dev.elbow.trainer.fit.Minibatches.Minibatch;
import dev.elbow.trainer.vae.Vae;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Three alternating rounds of Adam against automatic differentiation. */
class AlternatingFitReferenceTest {

  private static final int ROUNDS = 3;

  private final Reference reference = Reference.read();

  @Test
  void alternatingRoundsEndAtTheReferencesParameters() {
    Vae vae = reference.vae();
    AlternatingSteps fit =
        new AlternatingSteps(
            new FitSettings.Steps(FitSettings.Mode.ALTERNATING, 1, 1, 1),
            vae,
            new Replay(reference));
    Minibatch batch = new Minibatch(reference.matrix("/x", 5), Mask.all(4, 5));
    double learningRate = reference.number("/alternating/adam/learning_rate");

    for (int round = 0; round < ROUNDS; round++) {
      double phiLoss = fit.round(batch, learningRate).total();

      String pointer = "/alternating/losses/%d/1".formatted(2 * round + 1);
      assertThat(phiLoss).isCloseTo(reference.number(pointer), TOLERANCE);
    }

    reference.forEachMatrix(
        "/alternating/parameters_after",
        vae.parameters(),
        (name, expected) ->
            assertThat(vae.parameters().get(name).data)
                .as(name)
                .containsExactly(expected, TOLERANCE));
  }

  /** Gives out the reference's draws, θ-step and φ-step in turn. */
  static final class Replay implements RandomGenerator {

    private final Deque<Double> draws = new ArrayDeque<>();

    Replay(Reference reference) {
      for (int round = 0; round < ROUNDS; round++) {
        Arrays.stream(reference.numbers("/alternating/eps_theta/" + round)).forEach(draws::add);
        Arrays.stream(reference.numbers("/alternating/eps_phi/" + round)).forEach(draws::add);
      }
    }

    @Override
    public double nextGaussian() {
      return draws.remove();
    }

    @Override
    public long nextLong() {
      throw new UnsupportedOperationException("only normal draws are replayed");
    }
  }
}
