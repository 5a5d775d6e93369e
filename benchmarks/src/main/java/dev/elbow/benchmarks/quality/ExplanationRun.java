package dev.elbow.benchmarks.quality;

import dev.elbow.bundle.Lineage;
import dev.elbow.cli.TableScorer;
import dev.elbow.row.RowTransform;
import dev.elbow.row.SensorScaling;
import dev.elbow.scoring.Scorer;
import dev.elbow.trainer.data.SensorTable;
import dev.elbow.trainer.data.SensorTableBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Single-sensor faults put into copies of normal rows, and whom the model blames.
 *
 * <p>Every fault is an entity of its own, so that none remembers another: rows that were normal, to
 * warm up and until the alarm rule knows what is usual for the machine, and then those with the
 * fault. Of independent rows it is one row.
 *
 * <p>Whether it is the fault that is told of is found out by scoring the same rows without it: what
 * is told of these would have come anyway, and has no culprit.
 */
final class ExplanationRun {

  /** Standard deviations of the sensor over the fit rows. */
  static final List<Double> SIZES = List.of(3.0, 5.0, 8.0);

  /** Rows of a series with the fault. */
  private static final int FAULTY_ROWS = 20;

  /** Rows before them, beyond the window: the rule's fast clock goes round, if there are enough. */
  private static final int SETTLING_ROWS = 100;

  /** How many of them there must be. */
  private static final int LEAST_SETTLING_ROWS = 10;

  /** What a set of windows of 64 rows needs. */
  static final int LEAST_ROWS_OF_SERIES = 64 + LEAST_SETTLING_ROWS + FAULTY_ROWS;

  private final Scorer scorer;
  private final SensorTable normal;
  private final int[] culprits;
  private final Random random;
  private final int lead;
  private final int faulty;

  /**
   * @param normal rows the model has not seen; of a series one after another
   * @param culprits sensors of the model that may be at fault, at least one
   */
  ExplanationRun(Scorer scorer, SensorTable normal, int[] culprits, Random random) {
    boolean series = normal.hasTimestamps();
    this.scorer = scorer;
    this.normal = normal;
    this.culprits = culprits;
    this.random = random;
    this.faulty = series ? FAULTY_ROWS : 1;
    this.lead = series ? leadOfSeries() : scorer.bundle().frontEnd().window().rows() - 1;
  }

  /** Of what lies before a fault at most half, so that faults begin in many different rows. */
  private int leadOfSeries() {
    int window = scorer.bundle().frontEnd().window().rows();
    int half = (normal.count() - window - faulty) / 2;
    return window + Math.max(LEAST_SETTLING_ROWS, Math.min(SETTLING_ROWS, half));
  }

  /**
   * One fault.
   *
   * @param start its first row, of the normal ones
   * @param sensor the culprit, in the model's order
   * @param offsets by how much it is off, row by row, in engineering units
   */
  private record Injected(String title, int start, int sensor, List<Double> offsets) {

    /** The same rows as they were. */
    Injected without() {
      return new Injected(title, start, sensor, Collections.nCopies(offsets.size(), 0.0));
    }
  }

  /** Whether there are enough rows for a fault. */
  boolean isPossible() {
    return normal.count() >= lead + faulty;
  }

  /**
   * Injects and scores.
   *
   * @param each faults of every shape and size
   */
  List<Explained> run(DataSet set, int each) {
    List<Injected> faults = draw(each);
    List<FaultyRows> with = score(faults);
    List<FaultyRows> without = score(faults.stream().map(Injected::without).toList());
    return IntStream.range(0, faults.size())
        .filter(k -> with.get(k).isScored())
        .mapToObj(
            k -> {
              boolean anyway = without.get(k).isRaised();
              return explained(set, faults.get(k), with.get(k), anyway);
            })
        .toList();
  }

  private List<FaultyRows> score(List<Injected> faults) {
    SensorTable table = tableOf(faults);
    List<FaultyRows> rows =
        faults.stream().map(fault -> new FaultyRows(transform().sensors())).toList();
    int[] columns = table.columnsOf(transform().names());
    new TableScorer(scorer, table)
        .forEach(
            (i, verdict) -> {
              if (i % (lead + faulty) >= lead) {
                rows.get(i / (lead + faulty)).see(verdict, table.row(i, columns));
              }
            });
    return rows;
  }

  private List<Injected> draw(int each) {
    List<FaultShape> shapes =
        normal.hasTimestamps() ? List.of(FaultShape.values()) : List.of(FaultShape.OFFSET);
    List<Injected> faults = new ArrayList<>();
    for (FaultShape shape : shapes) {
      for (double size : SIZES) {
        for (int k = 0; k < each; k++) {
          faults.add(draw(shape, size));
        }
      }
    }
    return faults;
  }

  private Injected draw(FaultShape shape, double size) {
    int sensor = culprits[random.nextInt(culprits.length)];
    double unit = size * transform().sensors().get(sensor).scale();
    List<Double> offsets =
        Arrays.stream(shape.shares(faulty, random)).map(share -> share * unit).boxed().toList();
    int start = lead + random.nextInt(normal.count() - lead - faulty + 1);
    return new Injected("%s %.0f σ".formatted(shape.title(), size), start, sensor, offsets);
  }

  private SensorTable tableOf(List<Injected> faults) {
    SensorTableBuilder table = SensorTable.of(transform().names());
    int[] columns = normal.columnsOf(transform().names());
    for (int f = 0; f < faults.size(); f++) {
      Injected fault = faults.get(f);
      for (int k = -lead; k < faulty; k++) {
        double[] row = normal.row(fault.start() + k, columns);
        if (k >= 0) {
          int d = fault.sensor();
          SensorScaling sensor = transform().sensors().get(d);
          // a sensor that was missing reads its mean and the fault
          row[d] = (Double.isNaN(row[d]) ? sensor.mean() : row[d]) + fault.offsets().get(k);
        }
        table.add(row).of("fault-" + f);
        normal.timestamp(fault.start() + k).ifPresent(table::at);
      }
    }
    return table.build(new Lineage.Generated("normal rows with faults of one sensor"));
  }

  private Explained explained(DataSet set, Injected fault, FaultyRows rows, boolean anyway) {
    IntPredicate guilty = d -> d == fault.sensor();
    return new Explained(
        set.name(),
        set.family(),
        fault.title(),
        transform().features(),
        rows.inHighestRow(guilty),
        rows.isRaised() && !anyway ? Optional.of(rows.overEpisode(guilty)) : Optional.empty());
  }

  private RowTransform transform() {
    return scorer.bundle().rowTransform();
  }
}
