package dev.elbow.benchmarks.quality;

import dev.elbow.cli.TableScorer.RowVerdict;
import dev.elbow.row.SensorScaling;
import dev.elbow.scoring.ScoredRow;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The rows of one fault as they come: whether they were told of, and whom they blame.
 *
 * <p>Blame is looked at where people meet it: in the row with the highest score, which is where an
 * alarm that grows shows it last; and over all that was told, which an episode sums up.
 */
final class FaultyRows {

  private final int sensors;
  private final double[] told;
  private final double[] toldByZ;
  private final List<SensorScaling> scaling;
  private Optional<ScoredRow> highest = Optional.empty();
  private double[] values = new double[0];
  private boolean raised;

  /**
   * @param scaling of the model's D sensors
   */
  FaultyRows(List<SensorScaling> scaling) {
    this.scaling = scaling;
    this.sensors = scaling.size();
    this.told = new double[sensors];
    this.toldByZ = new double[sensors];
  }

  /**
   * One more row of the fault.
   *
   * @param observed what its sensors read, in the model's order, engineering units; kept
   */
  void see(RowVerdict verdict, double[] observed) {
    if (verdict instanceof RowVerdict.Scored scored) {
      if (scored.judgement().anomalous()) {
        raised = true;
        for (int d = 0; d < sensors; d++) {
          told[d] += scored.row().contribution(d);
          toldByZ[d] += sizeOf(d, observed);
        }
      }
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

  /** The best places of a guilty sensor in the row with the highest score. */
  Places inHighestRow(IntPredicate guilty) {
    return new Places(
        place(d -> highest.orElseThrow().contribution(d), guilty),
        place(d -> sizeOf(d, values), guilty));
  }

  /** The best places of a guilty sensor over all rows that were told of; there must be one. */
  Places overEpisode(IntPredicate guilty) {
    return new Places(place(d -> told[d], guilty), place(d -> toldByZ[d], guilty));
  }

  /** |z|; 0 of a sensor that was missing. */
  private double sizeOf(int d, double[] observed) {
    SensorScaling sensor = scaling.get(d);
    double z = Math.abs((observed[d] - sensor.mean()) / sensor.scale());
    return Double.isNaN(z) ? 0 : z;
  }

  /** From 1; a sensor that was missing has 0 and never goes before one that has more. */
  private int place(IntToDoubleFunction amount, IntPredicate guilty) {
    int[] ranking =
        IntStream.range(0, sensors)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer d) -> -amount.applyAsDouble(d)))
            .mapToInt(Integer::intValue)
            .toArray();
    return 1
        + IntStream.range(0, sensors)
            .filter(place -> guilty.test(ranking[place]))
            .findFirst()
            .orElse(sensors);
  }
}
