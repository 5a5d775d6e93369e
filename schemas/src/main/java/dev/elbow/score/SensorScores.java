package dev.elbow.score;

import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The scores of a batch, told of the sensors: score = reconstruction + KL, in nats, and for each
 * row, when asked, who is to {@linkplain Blame blame}. Of windows that costs more than the score
 * does, and most rows are normal: nobody asks.
 *
 * <p>It keeps what it was made from in memory. Equations (37), (53) and (54) of {@code
 * docs/math.md}.
 */
public final class SensorScores {

  private final double[] reconstruction;
  private final Kl kl;
  private final IntFunction<Blame> blame;

  /**
   * @param reconstruction the reconstruction term of each of N rows, in nats; kept
   * @param kl of N rows
   * @param blame of a row; its contributions sum up to the row's reconstruction term
   */
  SensorScores(double[] reconstruction, Kl kl, IntFunction<Blame> blame) {
    this.reconstruction = reconstruction;
    this.kl = kl;
    this.blame = blame;
  }

  /** Of single rows, whose features are the sensors themselves. */
  public static SensorScores ofRows(ElboScores scores) {
    double[] reconstruction = new double[scores.count()];
    for (int i = 0; i < reconstruction.length; i++) {
      reconstruction[i] = scores.reconstruction(i);
    }
    return new SensorScores(reconstruction, scores.kl(), i -> blame(scores.terms(i)));
  }

  private static Blame blame(RowTerms terms) {
    return new Blame(terms.contributions(), terms.expected(), terms.sigma());
  }

  /** Number of rows, N. */
  public int count() {
    return reconstruction.length;
  }

  /** The negative ELBO of row {@code i}, in nats; higher is stranger. NaN if unscorable. */
  public double score(int i) {
    return reconstruction[i] + kl(i);
  }

  /** The scores of all N rows, in order, in nats; NaN where unscorable. */
  public double[] values() {
    return IntStream.range(0, count()).mapToDouble(this::score).toArray();
  }

  /** The reconstruction term of row {@code i}, in nats. */
  public double reconstruction(int i) {
    return reconstruction[i];
  }

  /** The KL term of row {@code i}, in nats. */
  public double kl(int i) {
    return kl.total().get(i, 0);
  }

  /** The KL term, and its split over latents if the prior has one. */
  public Kl kl() {
    return kl;
  }

  /** What row {@code i}'s reconstruction term is made of; worked out at every call. */
  public Blame blame(int i) {
    return blame.apply(i);
  }
}
