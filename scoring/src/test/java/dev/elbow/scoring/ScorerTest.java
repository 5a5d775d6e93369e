package dev.elbow.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScorerTest {

  /** The networks compute with numbers that float32 holds exactly; what is left is double. */
  private static final Offset<Double> ROUNDING = within(1e-12);

  private static final double[] OBSERVATION = {14, 1};

  private final Scorer scorer = Scorer.open(new TestBundle().build());

  @AfterEach
  void close() {
    scorer.close();
  }

  @Test
  void scoresAsWorkedOutByHand() {
    ScoredRow row = score(OBSERVATION);

    assertThat(row.scorable()).isTrue();
    assertThat(row.contribution(0)).isCloseTo(TestBundle.CONTRIBUTION, ROUNDING);
    assertThat(row.contribution(1)).isCloseTo(TestBundle.CONTRIBUTION, ROUNDING);
    assertThat(row.kl()).isCloseTo(TestBundle.KL, ROUNDING);
    assertThat(row.score()).isCloseTo(2 * TestBundle.CONTRIBUTION + TestBundle.KL, ROUNDING);
    assertThat(row.observed()).isEqualTo(2);
  }

  // Means (1, 2) and sigmas (1, 1) in model units; pressure is 10 ± 2, flow 0 ± 1.
  @Test
  void expectsInEngineeringUnits() {
    ScoredRow row = score(OBSERVATION);

    assertThat(row.expected(0)).isCloseTo(12, ROUNDING);
    assertThat(row.sigma(0)).isCloseTo(2, ROUNDING);
    assertThat(row.expected(1)).isCloseTo(2, ROUNDING);
    assertThat(row.sigma(1)).isCloseTo(1, ROUNDING);
  }

  // The score is 3.34; of the held-out 1, 2, 3, 4 one is at least as large: (1 + 1)/(4 + 1).
  @Test
  void saysHowRareTheScoreIs() {
    assertThat(score(OBSERVATION).tailProbability()).isEqualTo(0.4);
  }

  @Test
  void leavesAMissingSensorOutOfTheReconstruction() {
    ScoredRow row = score(14, Double.NaN);

    assertThat(row.scorable()).isTrue();
    assertThat(row.observed()).isEqualTo(1);
    assertThat(row.contribution(1)).isZero();
    assertThat(row.score()).isCloseTo(TestBundle.CONTRIBUTION + TestBundle.KL, ROUNDING);
  }

  // At pressure 14 the means are (1, 2): the residuals are (1, −2), then (1, 0).
  @Test
  void blamesFirstWhatAddedMost() {
    assertThat(score(14, 0).byContribution()).containsExactly(1, 0);
    assertThat(score(14, 2).byContribution()).containsExactly(0, 1);
  }

  @Test
  void addsUp() {
    ScoredRow row = score(-3, 250);

    assertThat(row.contribution(0) + row.contribution(1)).isCloseTo(row.reconstruction(), ROUNDING);
    assertThat(row.reconstruction() + row.kl()).isCloseTo(row.score(), ROUNDING);
  }

  @Test
  void hasNoScoreForAnInfiniteValueAndSparesItsBatch() {
    List<ScoredRow> rows =
        scorer.score(List.of(OBSERVATION, new double[] {Double.POSITIVE_INFINITY, 1}, OBSERVATION));

    assertThat(rows).extracting(ScoredRow::scorable).containsExactly(true, false, true);
    assertThat(rows.get(2).score()).isEqualTo(rows.get(0).score());
  }

  @Test
  void hasNoScoreWhereNothingWasObserved() {
    ScoredRow row = score(Double.NaN, Double.NaN);

    assertThat(row.scorable()).isFalse();
    assertThat(row.score()).isNaN();
    assertThat(row.tailProbability()).isNaN();
  }

  @Test
  void keepsTheOrderOverSeveralBatches() {
    List<double[]> values = new ArrayList<>(Collections.nCopies(600, new double[] {10, 0}));
    values.set(599, OBSERVATION);

    List<ScoredRow> rows = scorer.score(values);

    assertThat(rows).hasSize(600);
    assertThat(rows.get(599).kl()).isCloseTo(TestBundle.KL, ROUNDING);
    assertThat(rows.get(598).kl()).isZero();
  }

  @Test
  void scoresNothing() {
    assertThat(scorer.score(List.of())).isEmpty();
  }

  @Test
  void refusesAnObservationOfAnotherWidth() {
    assertThatThrownBy(() -> score(1, 2, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("observation 0 has 3 values, the bundle has 2 sensors");
  }

  @Test
  void reportsTheLargestGoldenError() {
    assertThat(scorer.goldenError()).isLessThan(1e-12);
  }

  @Test
  void refusesToScoreOnceClosed() {
    scorer.close();
    scorer.close();

    assertThatThrownBy(() -> score(OBSERVATION))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageEndingWith("was closed");
  }

  @Test
  void closesWhileOthersScore() throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    var scoring = new CountDownLatch(4);
    List<Future<?>> endings = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      endings.add(threads.submit(() -> scoreForever(scoring)));
    }
    scoring.await();

    scorer.close();

    for (Future<?> ending : endings) {
      assertThatThrownBy(ending::get)
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOf(IllegalStateException.class)
          .hasMessageEndingWith("was closed");
    }
    threads.shutdown();
  }

  private void scoreForever(CountDownLatch scoring) {
    List<double[]> batch = Collections.nCopies(100, OBSERVATION);
    while (true) {
      double expected = 2 * TestBundle.CONTRIBUTION + TestBundle.KL;
      assertThat(scorer.score(batch).get(99).score()).isCloseTo(expected, ROUNDING);
      scoring.countDown();
    }
  }

  private ScoredRow score(double... values) {
    return scorer.score(List.of(values)).get(0);
  }
}
