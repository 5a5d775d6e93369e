package dev.elbow.scoring;

import dev.elbow.bundle.ModelBundle;
import dev.elbow.score.Blame;
import dev.elbow.score.Mask;
import dev.elbow.score.SensorScores;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The score of one observation and how it adds up: score = reconstruction + kl and reconstruction =
 * Σ_d contribution(d), to rounding.
 *
 * <p>It is a view on the scores of its batch, which it keeps in memory. It may be handed from
 * thread to thread: what two of them work out at once is the same.
 */
public final class ScoredRow {

  private final ModelBundle bundle;
  private final SensorScores scores;
  private final int row;
  private final int observed;
  private final double reconstruction;
  private final double kl;
  private @Nullable Blame blame;

  ScoredRow(ModelBundle bundle, SensorScores scores, Mask mask, int row) {
    this.bundle = bundle;
    this.scores = scores;
    this.row = row;
    this.observed = mask.observedIn(row, bundle.rowTransform().features());
    this.reconstruction = scores.reconstruction(row);
    this.kl = scores.kl(row);
  }

  /**
   * The negative ELBO, in nats; higher is stranger. Not finite if not {@link #scorable()}: where no
   * sensor was observed there is nothing to score, and it is NaN.
   */
  public double score() {
    return observed > 0 ? reconstruction + kl : Double.NaN;
  }

  /** The reconstruction term, in nats: the sum of the contributions. */
  public double reconstruction() {
    return reconstruction;
  }

  /** The KL term, in nats, at least 0 up to rounding. */
  public double kl() {
    return kl;
  }

  /** How many of the row's own sensors were observed, 0 to D. */
  public int observed() {
    return observed;
  }

  /**
   * Sensor {@code d}'s share of the reconstruction, in nats: with all it read in the window. 0 if
   * the sensor was missing throughout.
   */
  public double contribution(int d) {
    return blame().contribution(d);
  }

  /** Worked out when first asked for, since of most rows nobody asks. */
  private Blame blame() {
    if (blame == null) {
      blame = scores.blame(row);
    }
    return blame;
  }

  /**
   * All D sensors, the one that added most to the score first: the order in which blame is told. A
   * sensor that was missing has added nothing and stands among them.
   */
  public List<Integer> byContribution() {
    return IntStream.range(0, blame().sensors())
        .boxed()
        .sorted(Comparator.comparingDouble(d -> -contribution(d)))
        .toList();
  }

  /**
   * What the model's autoencoders expected of sensor {@code d} in the row itself, in engineering
   * units. A mixture beside them expects nothing in particular.
   */
  public double expected(int d) {
    return bundle.rowTransform().toEngineeringUnits(d, blame().expected(d));
  }

  /** How far from it is usual, one standard deviation, in engineering units, positive. */
  public double sigma(int d) {
    return bundle.rowTransform().sigmaInEngineeringUnits(d, blame().expected(d), blame().sigma(d));
  }

  /**
   * Whether there is a score: it is finite and at least one sensor was observed. An observation
   * that is unscorable is never normal.
   */
  public boolean scorable() {
    return Double.isFinite(score());
  }

  /**
   * Whether the score lies above the bundle's threshold; false if there is none, which does not
   * make it normal.
   */
  public boolean anomalous() {
    return scorable() && score() > bundle.manifest().threshold().score();
  }

  /**
   * The share of normal observations with a score at least as high, by the bundle's {@linkplain
   * dev.elbow.bundle.Tail tail}: in (0, 1], NaN if the score is.
   */
  public double tailProbability() {
    return bundle.tailProbability(score());
  }
}
