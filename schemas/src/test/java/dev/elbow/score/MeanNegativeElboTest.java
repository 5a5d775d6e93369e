package dev.elbow.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MeanNegativeElboTest {

  private static final double LN_2PI = Math.log(2 * Math.PI);
  private static final double ROUNDING = 1e-12;

  private static final Rows X = Rows.copyOf(new double[][] {{1}, {4}});

  /** Expects {@code mean} of its only sensor, with variance e^logVar, and has q = N(0, 1). */
  private record Constant(double mean, double logVar) implements VariationalModel {

    @Override
    public int features() {
      return 1;
    }

    @Override
    public int latents() {
      return 1;
    }

    @Override
    public DiagonalGaussian encode(Rows x) {
      return new DiagonalGaussian(Rows.zeros(x.count(), 1), Rows.zeros(x.count(), 1));
    }

    @Override
    public DiagonalGaussian decode(Rows z) {
      Rows means = Rows.zeros(z.count(), 1);
      Rows logVars = Rows.zeros(z.count(), 1);
      for (int i = 0; i < z.count(); i++) {
        means.set(i, 0, mean);
        logVars.set(i, 0, logVar);
      }
      return new DiagonalGaussian(means, logVars);
    }
  }

  private static NegativeElbo member(double mean, double logVar, Prior prior) {
    return new NegativeElbo(new Constant(mean, logVar), prior, Draws.atTheMean(1));
  }

  /**
   * Members N(0, 1) and N(3, e^ln4): at x = 1 the squared standardised residuals are 1 and 4/4, at
   * x = 4 they are 16 and 1/4. The second's only exemplar lies at 2, so its KL is ½ · 2² = 2;
   * sigmas 1 and 2 have the root mean square √2.5.
   */
  @Test
  void averagesTheMembersPartByPart() {
    Prior exemplar = ExemplarPrior.uniform(Rows.copyOf(new double[][] {{2}}), new double[] {1});
    List<NegativeElbo> members =
        List.of(member(0, 0, new StandardNormal()), member(3, Math.log(4), exemplar));

    ElboScores scores = MeanNegativeElbo.mean(members, X, Mask.all(2, 1));

    double logs = 0.5 * (LN_2PI + 0.5 * Math.log(4));
    assertThat(scores.terms(0).contributions()[0]).isCloseTo(logs + 0.5, within(ROUNDING));
    assertThat(scores.terms(1).contributions()[0]).isCloseTo(logs + 0.5 * 8.125, within(ROUNDING));
    assertThat(scores.kl(0)).isCloseTo(1, within(ROUNDING));
    assertThat(scores.score(0)).isCloseTo(logs + 1.5, within(ROUNDING));
    assertThat(scores.terms(0).expected()[0]).isEqualTo(1.5);
    assertThat(scores.terms(0).sigma()[0]).isCloseTo(Math.sqrt(2.5), within(ROUNDING));
    assertThat(scores.kl().perLatent()).isEmpty();
  }

  /** −ln ½(p₁ + p₂) ≤ ½(−ln p₁ − ln p₂); here each member's score is its own −ln p. */
  @Test
  void boundsTheMixtureOfTheMembers() {
    List<NegativeElbo> members =
        List.of(member(0, 0, new StandardNormal()), member(3, Math.log(4), new StandardNormal()));

    ElboScores scores = MeanNegativeElbo.mean(members, X, Mask.all(2, 1));

    for (int i = 0; i < X.count(); i++) {
      double x = X.get(i, 0);
      double mixture =
          0.5 * Math.exp(-0.5 * x * x) + 0.5 * 0.5 * Math.exp(-0.125 * (x - 3) * (x - 3));
      assertThat(scores.score(i)).isGreaterThan(0.5 * LN_2PI - Math.log(mixture));
    }
  }

  @Test
  void ofOneMemberIsItsOwnScore() {
    NegativeElbo only = member(3, 0, new StandardNormal());

    ElboScores scores = MeanNegativeElbo.mean(List.of(only), X, Mask.all(2, 1));

    assertThat(scores.score(1)).isEqualTo(only.score(X, Mask.all(2, 1)).score(1));
    assertThat(scores.kl().perLatent()).isPresent();
  }

  /** x = 4 is u = 3 + e − 1, where du/dx = e: ln e more than within the limit. */
  @Test
  void scoresRowsPerStandardDeviation() {
    NegativeElbo only = member(3, 0, new StandardNormal());
    Mask mask = Mask.all(2, 1);

    SensorScores scores =
        MeanNegativeElbo.ofRows(new Squash(3), List.of(only), Optional.empty()).score(X, mask);

    assertThat(scores.score(0)).isEqualTo(only.score(X, mask).score(0));
    assertThat(scores.score(1)).isCloseTo(only.score(X, mask).score(1) + 1, within(ROUNDING));
    assertThat(scores.blame(1).contribution(0)).isCloseTo(scores.score(1), within(ROUNDING));
    assertThat(scores.kl().perLatent()).isPresent();
  }

  @Test
  void aMissingSensorHasNoJacobian() {
    Mask mask = Mask.all(2, 1);
    mask.miss(1, 0);
    List<NegativeElbo> members = List.of(member(3, 0, new StandardNormal()));

    SensorScores scores =
        MeanNegativeElbo.ofRows(new Squash(3), members, Optional.empty()).score(X, mask);

    assertThat(scores.blame(1).contribution(0)).isZero();
  }

  /** One exemplar at 1 of precision 4, the map the identity: at x = 1 it costs ½ ln 2π − ln 2. */
  @Test
  void givesAMixtureItsSay() {
    SensorMap identity = new SensorMap(new double[] {0, 1}, new double[] {0, 1});
    ExemplarMixture mixture =
        new ExemplarMixture(
            new SensorMaps(List.of(identity), new Squash(3)),
            Rows.copyOf(new double[][] {{1}}),
            new double[] {1},
            new double[] {2});
    List<NegativeElbo> members = List.of(member(0, 0, new StandardNormal()));
    Mask mask = Mask.all(2, 1);

    SensorScores scores =
        MeanNegativeElbo.ofRows(
                new Squash(3), members, Optional.of(new WeightedMixture(0.25, mixture)))
            .score(X, mask);

    assertThat(scores.score(0))
        .isCloseTo(
            0.75 * (0.5 * LN_2PI + 0.5) + 0.25 * (0.5 * LN_2PI - Math.log(2)), within(ROUNDING));
    assertThat(scores.score(1))
        .isCloseTo(
            0.75 * (0.5 * LN_2PI + 8 + 1) + 0.25 * (0.5 * LN_2PI - Math.log(2) + 18 + 1),
            within(ROUNDING));
    assertThat(scores.blame(0).expected(0)).isZero();
    assertThat(scores.blame(0).sigma(0)).isEqualTo(1);
  }

  @Test
  void refusesNoMembers() {
    assertThatThrownBy(() -> MeanNegativeElbo.ofRows(new Squash(3), List.of(), Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one");
  }
}
