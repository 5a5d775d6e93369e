package dev.elbow.trainer.data;

import dev.elbow.bundle.Lineage;
import dev.elbow.event.Decoded;
import dev.elbow.event.DecodedRow;
import dev.elbow.event.Observation;
import dev.elbow.event.ObservationRow;
import dev.elbow.event.RejectionReason;
import dev.elbow.event.RowReader;
import dev.elbow.event.SensorColumns;
import dev.elbow.input.InvalidInputException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Collects observations whose sensors are known only once all are read, in whatever order the parts
 * of their source deliver them, and puts them into one order at the end.
 */
final class ObservationRows {

  /** Beyond this, names are made up record by record, and no memory would hold the table. */
  private static final int MOST_SENSORS = 10_000;

  private static final int EXAMPLES = 5;

  private final SensorColumns sensors = SensorColumns.growing();
  private final SensorTableBuilder table = new SensorTableBuilder(sensors);
  private final GrowingInts parts = new GrowingInts();
  private final Map<Integer, Long> countByPart = new HashMap<>();
  private final SortedMap<String, Long> skipped = new TreeMap<>();
  private final List<String> examples = new ArrayList<>();
  private boolean named;
  private boolean timed;

  /** The sensors that were met, for readers to add to. */
  SensorColumns sensors() {
    return sensors;
  }

  /**
   * Takes a row.
   *
   * @param part of the source, such as a partition or a file; rows of one time are in the order of
   *     their parts, and rows of one part in that in which they come
   * @param place where it lies, for a person
   * @throws InvalidInputException if there are too many sensors to be true, or only some rows say
   *     when they are from
   */
  void add(DecodedRow row, int part, Supplier<String> place) {
    if (row instanceof Decoded.Invalid invalid) {
      skip(invalid.reason(), invalid.detail(), place);
    } else if (row instanceof ObservationRow observation) {
      if (observation.observed() == 0) {
        skip(RejectionReason.TOO_FEW_SENSORS, "no sensor has a value", place);
      } else {
        add(observation, part, place);
      }
    }
    if (sensors.count() > MOST_SENSORS) {
      throw new InvalidInputException(
          "%s: more than %,d different sensors up to here, the last of them %s"
              .formatted(place.get(), MOST_SENSORS, sensors.names().get(MOST_SENSORS)));
    }
  }

  private void add(ObservationRow row, int part, Supplier<String> place) {
    boolean hasTime = !row.timestamp().equals(RowReader.NO_TIME);
    if (table.count() > 0 && hasTime != timed) {
      throw new InvalidInputException(
          "%s: a row %s a timestamp after rows %s; expected all or none to have one"
              .formatted(
                  place.get(), hasTime ? "with" : "without", timed ? "with one" : "without"));
    }
    timed = hasTime;
    table.add(row.values()).of(row.entity());
    if (timed) {
      table.at(row.timestamp());
    }
    named |= !row.entity().equals(Observation.DEFAULT_ENTITY);
    parts.add(part);
    countByPart.merge(part, 1L, Long::sum);
  }

  private void skip(RejectionReason reason, String detail, Supplier<String> place) {
    skipped.merge(reason.code(), 1L, Long::sum);
    if (examples.size() < EXAMPLES) {
      examples.add("%s: %s: %s".formatted(place.get(), reason.code(), detail));
    }
  }

  /** Rows taken, by number of part. */
  Map<Integer, Long> countByPart() {
    return countByPart;
  }

  /** What could not be taken. */
  SkippedRows skipped() {
    return new SkippedRows(skipped, examples);
  }

  boolean isEmpty() {
    return table.count() == 0;
  }

  /**
   * The table of all rows, at least one: sensors in the order of the alphabet, rows in that of
   * time.
   */
  SensorTable toTable(Lineage.Source source) {
    if (!named) {
      table.forgetEntities();
    }
    return table.buildInOrder(
        source, skipped(), (row, other) -> Integer.compare(parts.get(row), parts.get(other)));
  }
}
