package dev.elbow.trainer.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbow.score.Rows;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ExemplarClustersTest {

  /**
   * Two heaps of two and three rows, far apart; the second latent is told apart a tenth as well.
   */
  private static final Rows HEAPS =
      Rows.copyOf(new double[][] {{0, 0}, {100, 70}, {2, 0}, {100, 40}, {103, 70}});

  private static final double[] WIDTHS = {1, 10};

  @Test
  void takesEveryRowWhereThereAreNoMoreThanAsked() {
    ExemplarClusters clusters = cluster(HEAPS, 5);

    assertThat(clusters.centers().values()).isEqualTo(HEAPS.values());
    assertThat(clusters.weights()).containsOnly(0.2);
    assertThat(clusters.variances()).containsExactly(0.0, 0.0);
  }

  /**
   * Centres (1, 0) and (101, 60). Squared distances of the first latent 1, 1 and 1, 1, 4, of the
   * second 0, 0 and 100, 400, 100: means 8/5 and 600/5.
   */
  @Test
  void weighsCentresByTheirShareAndMeasuresTheSpreadAroundThem() {
    ExemplarClusters clusters = cluster(HEAPS, 2);

    int small = clusters.weights().get(0) < 0.5 ? 0 : 1;
    assertThat(clusters.weights().get(small)).isEqualTo(0.4);
    assertThat(clusters.centers().row(small)).containsExactly(new double[] {1, 0}, within(1e-12));
    assertThat(clusters.centers().row(1 - small))
        .containsExactly(new double[] {101, 60}, within(1e-12));
    assertThat(clusters.variances().get(0)).isCloseTo(8 / 5.0, within(1e-12));
    assertThat(clusters.variances().get(1)).isCloseTo(600 / 5.0, within(1e-9));
  }

  /** Rows that are all the same make one cluster, however many are asked for. */
  @Test
  void leavesOutEmptyClusters() {
    Rows same = Rows.copyOf(new double[][] {{1, 2}, {1, 2}, {1, 2}, {1, 2}});

    ExemplarClusters clusters = cluster(same, 3);

    assertThat(clusters.weights().stream().mapToDouble(w -> w).sum()).isCloseTo(1, within(1e-12));
    assertThat(clusters.weights()).allMatch(weight -> weight > 0);
    assertThat(clusters.variances()).containsExactly(0.0, 0.0);
  }

  @Test
  void repeatsItselfForTheSameSeed() {
    List<ExemplarClusters> twice = List.of(cluster(HEAPS, 3), cluster(HEAPS, 3));

    assertThat(twice.get(0).centers().values()).isEqualTo(twice.get(1).centers().values());
  }

  private static ExemplarClusters cluster(Rows means, int most) {
    return ExemplarClusters.of(means, WIDTHS, most, new SplittableRandom(1));
  }
}
