package dev.elbow.trainer.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbow.trainer.fit.FitSettings.LearningRate;
import dev.elbow.trainer.fit.FitSettings.Mode;
import dev.elbow.trainer.fit.FitSettings.Rounds;
import dev.elbow.trainer.fit.FitSettings.Steps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FitSettingsTest {

  @ParameterizedTest
  @CsvSource({"10,400", "128,400", "400,625", "1000,1562", "10000,3000", "2000000000,3000"})
  void defaultIsAHundredEpochsWithinFourHundredToThreeThousandRounds(int rows, int rounds) {
    FitSettings settings = FitSettings.defaults(5);

    assertThat(settings.rounds().count(rows, settings.batchSize())).isEqualTo(rounds);
  }

  @Test
  void exactRoundsDoNotDependOnTheRows() {
    assertThat(Rounds.exactly(7).count(1_000_000, 64)).isEqualTo(7);
    assertThat(Rounds.exactly(7).count(1, 64)).isEqualTo(7);
  }

  @Test
  void learningRateFallsAlongHalfACosine() {
    LearningRate learningRate = new LearningRate(3e-3, 0.05);

    assertThat(learningRate.at(1, 1000)).isEqualTo(3e-3);
    assertThat(learningRate.at(501, 1000)).isCloseTo(3e-3 * 0.525, within(1e-15));
    assertThat(learningRate.at(1000, 1000)).isCloseTo(3e-3 * 0.05, within(1e-8));
  }

  @Test
  void valuesOutOfRangeAreRejected() {
    FitSettings settings = FitSettings.defaults(5);

    assertRejects(() -> new Steps(Mode.ALTERNATING, 0, 1, 1), "theta steps");
    assertRejects(() -> new Steps(Mode.ALTERNATING, 1, 0, 1), "phi steps");
    assertRejects(() -> new Steps(Mode.ALTERNATING, 1, 1, 0), "draws");
    assertRejects(() -> new LearningRate(0, 0.05), "learning rate");
    assertRejects(() -> new LearningRate(Double.NaN, 0.05), "learning rate");
    assertRejects(() -> new LearningRate(1e-3, 0), "final fraction");
    assertRejects(() -> new LearningRate(1e-3, 1.5), "final fraction");
    assertRejects(() -> new Rounds(0, 400, 3000), "epochs");
    assertRejects(() -> new Rounds(100, 0, 3000), "at least");
    assertRejects(() -> new Rounds(100, 400, 399), "at most");
    assertRejects(() -> Rounds.exactly(0), "rounds: expected at least 1");
    assertRejects(() -> settings.withBatchSize(0), "batch size");
    assertRejects(() -> new EarlyStopping(0, 3, 30, false), "rounds between evaluations");
    assertRejects(() -> new EarlyStopping(20, 0, 30, false), "averaged evaluations");
    assertRejects(() -> new EarlyStopping(20, 3, 0, false), "patience");
  }

  private static void assertRejects(Runnable action, String named) {
    assertThatThrownBy(action::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(named)
        .hasMessageContaining("found");
  }
}
