package dev.elbow.benchmarks.quality;

import dev.elbow.cli.TableScorer.RowVerdict;
import dev.elbow.row.SensorScaling;
import dev.elbow.scoring.ScoredRow;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Of the rows of one fault the one with the highest score, and whether any was told of.
 *
 * <p>Blame is looked at in that row: it is where an event that grows would show it last.
 */
final class PeakRow {

  private Optional<ScoredRow> highest = Optional.empty();
  private double[] values = new double[0];
  private boolean raised;

  /**
   * One more row of the fault.
   *
   * @param observed what its sensors read, in the model's order, engineering units; kept
   */
  void see(RowVerdict verdict, double[] observed) {
    if (verdict instanceof RowVerdict.Scored scored) {
      raised |= scored.judgement().anomalous();
      if (highest.isEmpty() || scored.row().score() > highest.get().score()) {
        highest = Optional.of(scored.row());
        values = observed;
      }
    }
  }

  /** Whether a row was scored. */
  boolean isScored() {
    return highest.isPresent();
  }

  /** Whether the bundle's rule told of a row. */
  boolean isRaised() {
    return raised;
  }

  /** The best place of a guilty sensor among the observed ones as events rank them, from 1. */
  int rank(IntPredicate guilty) {
    return rankIn(highest.orElseThrow().byContribution(), guilty);
  }

  /** The best place of a guilty sensor among the observed ones by |z|, from 1. */
  int rankByZ(List<SensorScaling> scaling, IntPredicate guilty) {
    return rankIn(
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer d) -> -size(scaling.get(d), values[d])))
            .toList(),
        guilty);
  }

  private static double size(SensorScaling sensor, double value) {
    return Math.abs((value - sensor.mean()) / sensor.scale());
  }

  private int rankIn(List<Integer> ranking, IntPredicate guilty) {
    List<Integer> observed = ranking.stream().filter(d -> !Double.isNaN(values[d])).toList();
    return 1
        + IntStream.range(0, observed.size())
            .filter(place -> guilty.test(observed.get(place)))
            .findFirst()
            .orElse(observed.size());
  }
}
