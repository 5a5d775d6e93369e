package dev.elbow.trainer.fit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbow.trainer.vae.Architecture;
import dev.elbow.trainer.vae.Vae;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class BestRoundTest {

  private final Vae vae = Vae.zeros(Architecture.defaults(2));

  @Test
  void keepsTheParametersOfTheRoundWithTheLowestLoss() {
    BestRound best = best(new EarlyStopping(1, 1, 10, false), 5, 3, 4, 6);

    run(best, 4);

    assertThat(best.restore(4, vae)).isEqualTo(2);
    assertThat(mark()).isEqualTo(2);
  }

  @Test
  void evaluatesEverySoManyRoundsAndTheLast() {
    BestRound best = best(new EarlyStopping(3, 1, 10, false), 5, 4, 1);

    run(best, 7);

    assertThat(best.restore(7, vae)).isEqualTo(7);
  }

  /** Means of two: 8, 6, 2.5, 2.45, 2.95 and 2.25. The lowest single loss is the third round's. */
  @Test
  void comparesMeansSoThatOneLuckyRoundDoesNotDecide() {
    BestRound best = best(new EarlyStopping(1, 2, 10, false), 8, 4, 1, 3.9, 2, 2.5);

    run(best, 6);

    assertThat(best.restore(6, vae)).isEqualTo(6);
  }

  @Test
  void stopsWhenItsPatienceIsAtAnEnd() {
    BestRound best = best(new EarlyStopping(1, 1, 2, false), 5, 3, 4, 4);

    List<Boolean> stops =
        List.of(
            best.stop(1, false, () -> vae),
            best.stop(2, false, () -> vae),
            best.stop(3, false, () -> vae),
            best.stop(4, false, () -> vae));

    assertThat(stops).containsExactly(false, false, false, true);
  }

  @Test
  void keepsTheLastRoundIfNoneHasALoss() {
    double none = Double.POSITIVE_INFINITY;
    BestRound best = best(new EarlyStopping(1, 1, 10, false), none, none);

    run(best, 2);

    assertThat(best.restore(2, vae)).isEqualTo(2);
    assertThat(mark()).isEqualTo(2);
  }

  private static BestRound best(EarlyStopping rule, double... losses) {
    Deque<Double> script = new ArrayDeque<>(Arrays.stream(losses).boxed().toList());
    return new BestRound(rule, model -> script.removeFirst());
  }

  /** Marks the parameters with the number of the round. */
  private void run(BestRound best, int rounds) {
    for (int round = 1; round <= rounds; round++) {
      vae.encoder().mu().bias().data[0] = round;
      assertThat(best.stop(round, round == rounds, () -> vae)).isFalse();
    }
  }

  private double mark() {
    return vae.encoder().mu().bias().data[0];
  }
}
