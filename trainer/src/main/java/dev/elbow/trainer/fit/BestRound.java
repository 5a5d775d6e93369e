package dev.elbow.trainer.fit;

import dev.elbow.score.VariationalModel;
import dev.elbow.trainer.vae.Parameters;
import dev.elbow.trainer.vae.Vae;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Chooses the round with the lowest loss on held-out rows, by the rule of {@link EarlyStopping}.
 */
final class BestRound implements RoundChoice {

  private final EarlyStopping rule;
  private final ToDoubleFunction<VariationalModel> loss;
  private final Deque<Double> recent = new ArrayDeque<>();
  private double lowest = Double.POSITIVE_INFINITY;
  private Optional<Parameters> kept = Optional.empty();
  private int keptRound;
  private int waited;

  /**
   * @param loss of the held-out rows, in nats; +∞ where there is none
   */
  BestRound(EarlyStopping rule, ToDoubleFunction<VariationalModel> loss) {
    this.rule = rule;
    this.loss = loss;
  }

  @Override
  public boolean stop(int round, boolean last, Supplier<Vae> fitting) {
    if (round % rule.every() != 0 && !last) {
      return false;
    }
    Vae vae = fitting.get();
    recent.addLast(loss.applyAsDouble(vae));
    if (recent.size() > rule.average()) {
      recent.removeFirst();
    }
    // (68)  a_e = 1/A Σ_{i<A} L_{e−i},   kept: the parameters of argmin_e a_e
    double mean = recent.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    waited++;
    if (mean < lowest) {
      lowest = mean;
      kept = Optional.of(vae.parameters().copy());
      keptRound = round;
      waited = 0;
    }
    return waited >= rule.patience();
  }

  /** Of the last round if no round had a loss. */
  @Override
  public int restore(int round, Vae vae) {
    kept.ifPresent(vae.parameters()::setTo);
    return kept.isPresent() ? keptRound : round;
  }
}
