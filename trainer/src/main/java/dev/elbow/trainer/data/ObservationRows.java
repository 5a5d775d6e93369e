package dev.elbow.trainer.data;

import dev.elbow.bundle.Lineage;
import dev.elbow.event.Coordinates;
import dev.elbow.event.Decoded;
import dev.elbow.event.DecodedRow;
import dev.elbow.event.Observation;
import dev.elbow.event.ObservationFormat;
import dev.elbow.event.ObservationRow;
import dev.elbow.event.RejectionReason;
import dev.elbow.event.RowReader;
import dev.elbow.event.SensorColumns;
import dev.elbow.input.InvalidInputException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Collects observations whose sensors are known only once all are read, in whatever order the
 * partitions deliver them, and puts them into one order at the end.
 */
final class ObservationRows {

  /** Beyond this, names are made up record by record, and no memory would hold the table. */
  private static final int MOST_SENSORS = 10_000;

  private static final int EXAMPLES = 5;

  /** Values by sensor number, as many as there were sensors when the row was read. */
  private static final class Row {
    private final Instant timestamp;
    private final String entity;
    private final int partition;
    private final long offset;
    private final double[] values;

    Row(ObservationRow observation, int partition, long offset) {
      this.timestamp = observation.timestamp();
      this.entity = observation.entity();
      this.partition = partition;
      this.offset = offset;
      this.values = observation.values();
    }
  }

  private static final Comparator<Row> ORDER =
      Comparator.comparing((Row row) -> row.timestamp)
          .thenComparingInt(row -> row.partition)
          .thenComparingLong(row -> row.offset);

  private final SensorColumns sensors = SensorColumns.growing();
  private final RowReader reader;
  private final List<Row> rows = new ArrayList<>();
  private final SortedMap<String, Long> skipped = new TreeMap<>();
  private final List<String> examples = new ArrayList<>();

  ObservationRows(ObservationFormat format) {
    this.reader = format.rows(sensors);
  }

  /**
   * @throws InvalidInputException if there are too many sensors to be true
   */
  void add(ConsumerRecord<byte[], byte[]> row) {
    DecodedRow decoded = reader.read(row.key(), row.value(), Instant.ofEpochMilli(row.timestamp()));
    if (decoded instanceof Decoded.Invalid invalid) {
      skip(row, invalid.reason(), invalid.detail());
    } else if (decoded instanceof ObservationRow observation) {
      if (observation.observed() == 0) {
        skip(row, RejectionReason.TOO_FEW_SENSORS, "no sensor has a value");
      } else {
        rows.add(new Row(observation, row.partition(), row.offset()));
      }
    }
    if (sensors.count() > MOST_SENSORS) {
      throw new InvalidInputException(
          "%s: more than %,d different sensors up to here, the last of them %s"
              .formatted(coordinates(row), MOST_SENSORS, sensors.names().get(MOST_SENSORS)));
    }
  }

  private void skip(ConsumerRecord<?, ?> row, RejectionReason reason, String detail) {
    skipped.merge(reason.code(), 1L, Long::sum);
    if (examples.size() < EXAMPLES) {
      examples.add("%s: %s: %s".formatted(coordinates(row), reason.code(), detail));
    }
  }

  private static Coordinates coordinates(ConsumerRecord<?, ?> row) {
    return new Coordinates(row.topic(), row.partition(), row.offset());
  }

  /** Rows taken, by number of partition. */
  Map<Integer, Long> countByPartition() {
    Map<Integer, Long> count = new HashMap<>();
    rows.forEach(row -> count.merge(row.partition, 1L, Long::sum));
    return count;
  }

  /**
   * The table of all rows.
   *
   * @throws InvalidInputException if there is none
   */
  SensorTable toTable(Lineage.Topic source) {
    SkippedRows notRead = new SkippedRows(skipped, examples);
    if (rows.isEmpty()) {
      throw new InvalidInputException(
          "topic %s: no observation in the range, %d records that are none%s"
              .formatted(
                  source.topic(),
                  notRead.count(),
                  examples.isEmpty() ? "" : ": " + String.join("; ", examples)));
    }
    List<String> names = sensors.names().stream().sorted().toList();
    int[] numbers = names.stream().mapToInt(sensors::columnOf).toArray();
    boolean named = rows.stream().anyMatch(row -> !row.entity.equals(Observation.DEFAULT_ENTITY));
    SensorTableBuilder table = SensorTable.of(names);
    rows.sort(ORDER);
    for (Row row : rows) {
      table.add(Arrays.stream(numbers).mapToDouble(k -> value(row, k)).toArray()).at(row.timestamp);
      if (named) {
        table.of(row.entity);
      }
    }
    return table.build(source, notRead);
  }

  private static double value(Row row, int sensor) {
    return sensor < row.values.length ? row.values[sensor] : Double.NaN;
  }
}
