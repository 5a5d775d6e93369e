package dev.elbow.trainer.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbow.input.InvalidInputException;
import dev.elbow.score.Draws;
import dev.elbow.score.ElboScores;
import dev.elbow.score.Mask;
import dev.elbow.score.NegativeElbo;
import dev.elbow.score.Rows;
import dev.elbow.score.StandardNormal;
import dev.elbow.trainer.fit.FitListener.Progress;
import dev.elbow.trainer.fit.FitSettings.LearningRate;
import dev.elbow.trainer.fit.FitSettings.Mode;
import dev.elbow.trainer.fit.FitSettings.Rounds;
import dev.elbow.trainer.fit.FitSettings.Steps;
import dev.elbow.trainer.fit.Minibatches.Minibatch;
import dev.elbow.trainer.vae.Parameters;
import dev.elbow.trainer.vae.Vae;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AlternatingFitTest {

  private static final int FEATURES = 4;
  private static final FitSettings SHORT =
      FitSettings.defaults(FEATURES).withRounds(Rounds.exactly(60));

  private final LinearGaussian truth = new LinearGaussian();
  private final Rows x = truth.sample(500, new SplittableRandom(1));
  private final Mask mask = Mask.all(500, FEATURES);

  @Test
  void sameSeedGivesTheSameParametersBitForBit() {
    Vae first = AlternatingFit.fit(x, mask, SHORT, FitListener.silent());
    Vae second = AlternatingFit.fit(x, mask, SHORT, FitListener.silent());

    assertThat(second.parameters().sameBits(first.parameters())).isTrue();
  }

  @Test
  void otherSeedGivesOtherParameters() {
    Vae first = AlternatingFit.fit(x, mask, SHORT, FitListener.silent());
    Vae second = AlternatingFit.fit(x, mask, SHORT.withSeed(2), FitListener.silent());

    assertThat(second.parameters().sameBits(first.parameters())).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void bothModesLowerTheLoss(Mode mode) {
    FitSettings settings =
        FitSettings.defaults(FEATURES)
            .withSteps(new Steps(mode, 1, 1, 1))
            .withRounds(Rounds.exactly(400));
    Rows unseen = truth.sample(1000, new SplittableRandom(2));
    double before = meanScore(Vae.random(settings.network(), new SplittableRandom(1)), unseen);

    Vae vae = AlternatingFit.fit(x, mask, settings, FitListener.silent());

    assertThat(meanScore(vae, unseen)).isLessThan(before - 1);
  }

  /**
   * The data come from a linear Gaussian model, whose −log p(x) is known. The mean score of unseen
   * rows bounds it from above and a fitted model comes close: within 0.1 nats, of which the few
   * rows of the fit cost some.
   */
  @Test
  void fittedScoreIsATightBoundOfTheNegativeLogLikelihood() {
    FitSettings settings = FitSettings.defaults(FEATURES).withRounds(Rounds.exactly(3000));
    Rows many = truth.sample(4000, new SplittableRandom(3));
    Rows unseen = truth.sample(4000, new SplittableRandom(2));

    Vae vae = AlternatingFit.fit(many, Mask.all(4000, FEATURES), settings, FitListener.silent());

    double exact = truth.meanNegativeLogLikelihood(unseen);
    assertThat(meanScore(vae, unseen)).isBetween(exact, exact + 0.1);
  }

  @Test
  void thetaStepLeavesPhiUntouched() {
    Vae vae = Vae.random(SHORT.network(), new SplittableRandom(1));
    AlternatingSteps fit = new AlternatingSteps(SHORT.steps(), vae, new SplittableRandom(2));
    Parameters phi = vae.encoder().parameters().copy();
    Parameters theta = vae.decoder().parameters().copy();

    fit.stepTheta(batch(), 3e-3);

    assertThat(vae.encoder().parameters().sameBits(phi)).isTrue();
    assertThat(vae.decoder().parameters().sameBits(theta)).isFalse();
  }

  @Test
  void phiStepLeavesThetaUntouched() {
    Vae vae = Vae.random(SHORT.network(), new SplittableRandom(1));
    AlternatingSteps fit = new AlternatingSteps(SHORT.steps(), vae, new SplittableRandom(2));
    Parameters phi = vae.encoder().parameters().copy();
    Parameters theta = vae.decoder().parameters().copy();

    fit.stepPhi(batch(), 3e-3);

    assertThat(vae.encoder().parameters().sameBits(phi)).isFalse();
    assertThat(vae.decoder().parameters().sameBits(theta)).isTrue();
  }

  /**
   * Adam's first step moves a parameter by α, its next ones too while the gradient keeps its sign.
   */
  @Test
  void takesAsManyStepsOfEachKindAsItIsTold() {
    Vae once = Vae.random(SHORT.network(), new SplittableRandom(1));
    Vae thrice = Vae.random(SHORT.network(), new SplittableRandom(1));
    Parameters start = once.parameters().copy();

    new AlternatingSteps(new Steps(Mode.ALTERNATING, 1, 3, 1), once, new SplittableRandom(2))
        .round(batch(), 1e-5);
    new AlternatingSteps(new Steps(Mode.ALTERNATING, 3, 1, 1), thrice, new SplittableRandom(2))
        .round(batch(), 1e-5);

    assertThat(greatestMove(start, once, "decoder.")).isCloseTo(1e-5, within(1e-8));
    assertThat(greatestMove(start, once, "encoder.")).isCloseTo(3e-5, within(1e-6));
    assertThat(greatestMove(start, thrice, "decoder.")).isCloseTo(3e-5, within(1e-6));
    assertThat(greatestMove(start, thrice, "encoder.")).isCloseTo(1e-5, within(1e-8));
  }

  /**
   * A model that has not learned how the sensors hang together cannot score below the entropy of
   * four independent standard normals, 4 · ½ ln 2πe = 5.68 nats.
   */
  @Test
  void learnsFromRowsWithEveryFifthCellMissing() {
    Mask gaps = Mask.all(500, FEATURES);
    for (int cell = 0; cell < 500 * FEATURES; cell += 5) {
      gaps.miss(cell / FEATURES, cell % FEATURES);
      x.set(cell / FEATURES, cell % FEATURES, 0);
    }
    FitSettings settings = SHORT.withRounds(Rounds.exactly(400));

    Vae vae = AlternatingFit.fit(x, gaps, settings, FitListener.silent());

    double independent = 4 * 0.5 * Math.log(2 * Math.PI * Math.E);
    assertThat(meanScore(vae, truth.sample(1000, new SplittableRandom(2))))
        .isLessThan(independent - 0.4);
  }

  @Test
  void tellsItsListenerEveryRound() {
    List<Progress> heard = new ArrayList<>();

    AlternatingFit.fit(x, mask, SHORT, heard::add);

    assertThat(heard).hasSize(60);
    assertThat(heard.get(0).round()).isEqualTo(1);
    assertThat(heard.get(0).learningRate()).isEqualTo(3e-3);
    assertThat(heard.get(59).round()).isEqualTo(60);
    assertThat(heard)
        .allSatisfy(
            progress -> {
              assertThat(progress.rounds()).isEqualTo(60);
              assertThat(progress.loss().kl()).isPositive();
              assertThat(progress.loss().total())
                  .isEqualTo(progress.loss().reconstruction() + progress.loss().kl());
            });
  }

  @Test
  void leavesItsRowsAsTheyAre() {
    double[] before = x.values().clone();

    AlternatingFit.fit(x, mask, SHORT, FitListener.silent());

    assertThat(x.values()).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void divergenceStopsTheFitAndSaysWhatToDo(Mode mode) {
    FitSettings absurd =
        SHORT.withSteps(new Steps(mode, 1, 1, 1)).withLearningRate(new LearningRate(1e200, 1));
    List<Progress> heard = new ArrayList<>();

    assertThatThrownBy(() -> AlternatingFit.fit(x, mask, absurd, heard::add))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("diverged in round")
        .hasMessageContaining("of 60")
        .hasMessageContaining("lower the learning rate, which was 1.0E200");
    assertThat(heard).hasSizeLessThan(3);
  }

  @Test
  void rejectsACellThatIsNotFinite() {
    x.set(7, 2, Double.NaN);

    assertThatThrownBy(() -> AlternatingFit.fit(x, mask, SHORT, FitListener.silent()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("row 7, feature 2 is NaN");
  }

  @Test
  void rejectsRowsOfAnotherShapeAndNoneAtAll() {
    assertThatThrownBy(
            () -> AlternatingFit.fit(x, mask, FitSettings.defaults(3), FitListener.silent()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("500×4")
        .hasMessageContaining("3 features");
    assertThatThrownBy(
            () -> AlternatingFit.fit(Rows.zeros(0, 4), Mask.all(0, 4), SHORT, FitListener.silent()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one row");
  }

  /** Thirty rows and no mercy: the fit learns them by heart, and other rows get ever stranger. */
  @Test
  void earlyStoppingKeepsARoundThatHeldOutRowsPrefer() {
    Rows few = truth.sample(30, new SplittableRandom(1));
    Mask all = Mask.all(30, FEATURES);
    HeldOutLoss heldOut = new HeldOutLoss(x, mask);
    FitSettings settings =
        FitSettings.defaults(FEATURES)
            .withRounds(Rounds.exactly(1500))
            .withLearningRate(new LearningRate(1e-2, 0.05));

    AlternatingFit.Fitted last =
        AlternatingFit.fit(few, all, heldOut, settings, FitListener.silent());
    AlternatingFit.Fitted stopped =
        AlternatingFit.fit(few, all, heldOut, stopping(settings), FitListener.silent());

    assertThat(last.kept()).isEqualTo(1500);
    assertThat(stopped.kept()).isLessThan(1000);
    assertThat(heldOut.of(stopped.vae())).isLessThan(heldOut.of(last.vae()) - 0.5);
  }

  /** On the same rows the second fit retraces the first one's steps. */
  @Test
  void refitTakesTheRoundsThatWereKept() {
    Rows few = truth.sample(30, new SplittableRandom(1));
    Mask all = Mask.all(30, FEATURES);
    FitSettings settings = stopping(SHORT.withRounds(Rounds.exactly(300)));
    AlternatingFit.Fitted first =
        AlternatingFit.fit(few, all, new HeldOutLoss(x, mask), settings, FitListener.silent());
    List<Integer> rounds = new ArrayList<>();

    Vae second =
        AlternatingFit.refit(few, all, first, settings, progress -> rounds.add(progress.round()));

    assertThat(second.parameters().sameBits(first.vae().parameters())).isTrue();
    assertThat(rounds).hasSize(first.kept()).endsWith(first.kept());
  }

  @Test
  void fitThatComesToNothingIsAnError() {
    FitSettings wild = SHORT.withLearningRate(new LearningRate(30, 1));

    assertThatThrownBy(
            () -> AlternatingFit.fit(x, mask, new HeldOutLoss(x, mask), wild, FitListener.silent()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("the fit came to nothing: its loss on the held-out rows is")
        .hasMessageContaining("lower the learning rate, which was 30.0");
  }

  private static FitSettings stopping(FitSettings settings) {
    return settings.withEarlyStopping(Optional.of(EarlyStopping.DEFAULT));
  }

  private Minibatch batch() {
    return new Minibatch(DMatrixRMaj.wrap(500, FEATURES, x.values()), mask);
  }

  private static double greatestMove(Parameters start, Vae vae, String prefix) {
    return vae.parameters().names().stream()
        .filter(name -> name.startsWith(prefix))
        .mapToDouble(name -> greatestMove(start.get(name), vae.parameters().get(name)))
        .max()
        .orElseThrow();
  }

  private static double greatestMove(DMatrixRMaj from, DMatrixRMaj to) {
    double greatest = 0;
    for (int c = 0; c < from.getNumElements(); c++) {
      greatest = Math.max(greatest, Math.abs(to.data[c] - from.data[c]));
    }
    return greatest;
  }

  private static double meanScore(Vae vae, Rows rows) {
    Draws draws = Draws.antithetic(16, vae.latents(), new SplittableRandom(4));
    ElboScores scores =
        new NegativeElbo(vae, new StandardNormal(), draws)
            .score(rows, Mask.all(rows.count(), rows.columns()));
    double sum = 0;
    for (int i = 0; i < rows.count(); i++) {
      sum += scores.score(i);
    }
    return sum / rows.count();
  }

  /**
   * x = z₁ (1, 1, 0, 0)·½√3 + z₂ (0, 0, 1, −1)·½√3 + ½ noise: two pairs of sensors, each sensor of
   * unit variance, each pair with correlation ±¾.
   */
  private static final class LinearGaussian {

    private static final double LOADING = 0.5 * Math.sqrt(3);
    private static final double NOISE = 0.5;

    Rows sample(int count, RandomGenerator random) {
      Rows rows = Rows.zeros(count, FEATURES);
      for (int i = 0; i < count; i++) {
        double first = LOADING * random.nextGaussian();
        double second = LOADING * random.nextGaussian();
        rows.set(i, 0, first + NOISE * random.nextGaussian());
        rows.set(i, 1, first + NOISE * random.nextGaussian());
        rows.set(i, 2, second + NOISE * random.nextGaussian());
        rows.set(i, 3, -second + NOISE * random.nextGaussian());
      }
      return rows;
    }

    /**
     * A pair (a, b) with unit variances and correlation ρ has −log p = ln 2π + ½ ln(1 − ρ²) + (a² −
     * 2ρab + b²) / 2(1 − ρ²).
     */
    double meanNegativeLogLikelihood(Rows rows) {
      double sum = 0;
      for (int i = 0; i < rows.count(); i++) {
        sum += pair(rows.get(i, 0), rows.get(i, 1), 0.75);
        sum += pair(rows.get(i, 2), rows.get(i, 3), -0.75);
      }
      return sum / rows.count();
    }

    private static double pair(double a, double b, double rho) {
      double rest = 1 - rho * rho;
      return Math.log(2 * Math.PI)
          + 0.5 * Math.log(rest)
          + (a * a - 2 * rho * a * b + b * b) / (2 * rest);
    }
  }
}
