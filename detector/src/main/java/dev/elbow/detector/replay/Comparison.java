package dev.elbow.detector.replay;

import dev.elbow.bundle.Golden;
import dev.elbow.bundle.ModelBundle;
import dev.elbow.detector.topology.Rejudged;
import dev.elbow.event.Anomaly;
import dev.elbow.event.Contribution;
import dev.elbow.event.ScoreSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Holds a published anomaly against what its record comes to now, field by field.
 *
 * <p>The bundle's golden tolerance t bounds how far a machine may be from double precision where
 * the scores are at most those of the golden observations, S; rounding grows with the score. Two
 * machines, or two batches on one, may therefore differ by
 *
 * <pre>
 *   τ = 2 t max(1, |score| / S)
 * </pre>
 *
 * <p>in the score, its parts, a contribution or a mean of scores. A threshold that follows the
 * entity lies a number of scatters above its level, and may differ by as many τ more. What the
 * model expected may differ by a thousandth of its standard deviation, and that by a thousandth of
 * itself; the share of normal observations by one in a hundred, or the step from one held-out row
 * to the next. All else must be equal.
 */
final class Comparison {

  private static final double OF_SIGMA = 1e-3;
  private static final double OF_PROBABILITY = 1e-2;

  private final ModelBundle bundle;
  private final double tolerance;
  private final List<Finding> findings = new ArrayList<>();

  private Comparison(ModelBundle bundle, double score) {
    this.bundle = bundle;
    this.tolerance = tolerance(bundle, score);
  }

  /** τ, in nats. */
  static double tolerance(ModelBundle bundle, double score) {
    double largest =
        bundle.golden().observations().stream()
            .mapToDouble(Golden.GoldenObservation::score)
            .map(Math::abs)
            .max()
            .orElseThrow();
    return 2 * bundle.golden().tolerance() * Math.max(1, Math.abs(score) / Math.max(1, largest));
  }

  static List<Finding> of(Anomaly published, Rejudged again, ModelBundle bundle) {
    Comparison comparison = new Comparison(bundle, published.summary().score());
    if (again instanceof Rejudged.Score score) {
      comparison.compare(published, score);
    } else {
      comparison.exact("outcome", "anomaly", told(again));
    }
    return List.copyOf(comparison.findings);
  }

  private static String told(Rejudged again) {
    return again instanceof Rejudged.Rejected rejected
        ? "rejected as %s: %s"
            .formatted(rejected.rejection().reason().code(), rejected.rejection().detail())
        : "warming up: too few rows of the entity before it";
  }

  private void compare(Anomaly published, Rejudged.Score again) {
    exact("id", published.id(), Anomaly.idOf(again.source(), again.event().model()));
    exact("entity", published.entity(), again.event().entity());
    exact("timestamp", published.timestamp(), again.event().timestamp());
    compare(published.summary(), again.event().summary());
    exact("missing", published.missing(), again.missing());
    published.contributions().forEach(one -> compare(one, again.contributions()));
    history("status", published.status(), again.event().status());
    history("anomalous", true, again.event().anomalous());
  }

  private void compare(ScoreSummary published, ScoreSummary again) {
    number("score", published.score(), again.score(), tolerance, false);
    number("reconstruction", published.reconstruction(), again.reconstruction(), tolerance, false);
    number("kl", published.kl(), again.kl(), tolerance, false);
    exact("observed", published.observed(), again.observed());
    exact("features", published.features(), again.features());
    number("smoothed", published.smoothed(), again.smoothed(), tolerance, true);
    double scatters = Math.abs(bundle.manifest().threshold().score());
    number("threshold", published.threshold(), again.threshold(), tolerance * (2 + scatters), true);
    double step =
        Math.max(
            1.5 / bundle.manifest().threshold().heldOutRows(),
            OF_PROBABILITY * published.tailProbability());
    number("tailProbability", published.tailProbability(), again.tailProbability(), step, true);
  }

  private void compare(Contribution published, List<Contribution> all) {
    String field = "contributions." + published.name();
    Optional<Contribution> found =
        all.stream().filter(one -> one.name().equals(published.name())).findFirst();
    if (found.isEmpty()) {
      exact(field, "observed", "not observed");
      return;
    }
    Contribution again = found.get();
    exact(field + ".actual", published.actual(), again.actual());
    double sigma = OF_SIGMA * Math.max(published.sigma(), again.sigma());
    number(field + ".expected", published.expected(), again.expected(), sigma, false);
    number(field + ".sigma", published.sigma(), again.sigma(), sigma, false);
    number(field + ".nats", published.nats(), again.nats(), tolerance, false);
  }

  private void number(
      String field, double published, double again, double within, boolean ofHistory) {
    boolean holds = Math.abs(published - again) <= within;
    findings.add(
        new Finding(field, String.valueOf(published), String.valueOf(again), holds, ofHistory));
  }

  private void exact(String field, Object published, Object again) {
    findings.add(
        new Finding(
            field,
            String.valueOf(published),
            String.valueOf(again),
            published.equals(again),
            false));
  }

  private void history(String field, Object published, Object again) {
    findings.add(
        new Finding(
            field,
            String.valueOf(published),
            String.valueOf(again),
            published.equals(again),
            true));
  }
}
