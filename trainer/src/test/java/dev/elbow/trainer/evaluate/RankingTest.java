package dev.elbow.trainer.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RankingTest {

  private static final double ROUNDING = 1e-12;

  /**
   * Anomalous 4 and 2, normal 3, 1, 0: of six pairs 4 wins three, 2 wins two. Precision at 4 is
   * 1/1, at 2 it is 2/3, each for half the recall.
   */
  @Test
  void countsPairsWonAndPrecisionAtEachFind() {
    Ranking ranking =
        Ranking.of(new double[] {0, 1, 2, 3, 4}, new boolean[] {false, false, true, false, true});

    assertThat(ranking.aucRoc()).isCloseTo(5.0 / 6, within(ROUNDING));
    assertThat(ranking.aucPr()).isCloseTo((1 + 2.0 / 3) / 2, within(ROUNDING));
  }

  /**
   * Anomalous 2, 1 and normal 2, 1, 1, 0: of eight pairs, 2 wins three and ties one, 1 wins one and
   * ties two, so (3.5 + 2)/8. The step to 2 finds half at precision 1/2, that to 1 the rest at 2/5.
   */
  @Test
  void takesEqualScoresAsOneStep() {
    double[] scores = {1, 2, 0, 1, 2, 1};
    boolean[] anomalous = {true, false, false, false, true, false};

    Ranking ranking = Ranking.of(scores, anomalous);

    assertThat(ranking.aucRoc()).isCloseTo(5.5 / 8, within(ROUNDING));
    assertThat(ranking.aucPr()).isCloseTo(0.5 * 0.5 + 0.5 * 0.4, within(ROUNDING));
  }

  @Test
  void makesConstantScoresWorthNothing() {
    Ranking ranking = Ranking.of(new double[4], new boolean[] {true, false, false, false});

    assertThat(ranking.aucRoc()).isEqualTo(0.5);
    assertThat(ranking.aucPr()).isEqualTo(0.25);
  }

  @Test
  void ranksInfiniteScoresAtTheEnds() {
    Ranking ranking =
        Ranking.of(
            new double[] {Double.NEGATIVE_INFINITY, 0, Double.POSITIVE_INFINITY},
            new boolean[] {false, false, true});

    assertThat(ranking.aucRoc()).isEqualTo(1);
    assertThat(ranking.aucPr()).isEqualTo(1);
  }

  /**
   * From numpy, s = ((37 i mod 101) // 2)/10 and y = (i mod 11 &lt; 2) and (i mod 3 ≠ 0) for i &lt;
   * 200: {@code ((s[y][:,None] > s[~y]).sum() + .5*(s[y][:,None] == s[~y]).sum())/25/175}, and over
   * {@code t in np.unique(s)[::-1]} the sum of (R − R before)·P with {@code R =
   * ((s>=t)&y).sum()/25, P = ((s>=t)&y).sum()/(s>=t).sum()}.
   */
  @Test
  void agreesWithBruteForceOverAllPairsAndThresholds() {
    double[] scores = new double[200];
    boolean[] anomalous = new boolean[200];
    Arrays.setAll(scores, i -> Math.floor(i * 37 % 101 / 2.0) / 10);
    for (int i = 0; i < 200; i++) {
      anomalous[i] = i % 11 < 2 && i % 3 != 0;
    }

    Ranking ranking = Ranking.of(scores, anomalous);

    assertThat(ranking.aucRoc()).isCloseTo(0.4608, within(ROUNDING));
    assertThat(ranking.aucPr()).isCloseTo(0.11068833027402804, within(ROUNDING));
  }

  @Test
  void rejectsRowsOfOneClassAndNaN() {
    assertThatThrownBy(() -> Ranking.of(new double[] {1, 2}, new boolean[] {true, true}))
        .hasMessage("ranking: expected normal and anomalous rows, found 0 and 2");
    assertThatThrownBy(() -> Ranking.of(new double[] {1, 2}, new boolean[] {false, false}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Ranking.of(new double[] {1, Double.NaN}, new boolean[] {false, true}))
        .hasMessage("scores: expected numbers, found NaN");
  }
}
