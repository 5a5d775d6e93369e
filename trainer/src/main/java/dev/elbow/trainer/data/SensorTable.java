package dev.elbow.trainer.data;

import dev.elbow.bundle.Lineage;
import dev.elbow.event.Observation;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rows of sensor values in input order, each with its entity and, where the source has them, its
 * timestamp and its label; and where they came from.
 *
 * <p>It is immutable and holds 8 bytes per value, 8 per timestamp, 4 per entity and a bit per
 * label. Values are in engineering units; NaN = missing, and nothing else is ever not finite.
 * Either every row has a timestamp or none has, and the same for labels.
 */
public final class SensorTable {

  /** The entity of every row of a source that does not name one. */
  public static final String DEFAULT_ENTITY = Observation.DEFAULT_ENTITY;

  static final int ROWS_PER_CHUNK = 1024;

  private final List<String> sensors;
  private final int count;
  private final double[][] chunks;
  private final Optional<long[]> epochMicros;
  private final Optional<BitSet> anomalous;
  private final Optional<int[]> entityCodes;
  private final List<String> entities;
  private final Lineage.Source source;
  private final SkippedRows skipped;

  SensorTable(SensorTableBuilder from, Lineage.Source source, SkippedRows skipped) {
    this.sensors = from.sensors;
    this.count = from.count;
    this.chunks = from.chunks.toArray(new double[0][]);
    this.epochMicros = from.timestamps();
    this.anomalous = from.labels();
    this.entityCodes = from.entityCodes();
    this.entities = List.copyOf(from.entities.keySet());
    this.source = source;
    this.skipped = skipped;
  }

  /** The sensors' names, unique, in the order of the columns. */
  public List<String> sensors() {
    return sensors;
  }

  /** Number of sensors, D. */
  public int features() {
    return sensors.size();
  }

  /** Number of rows, N. */
  public int count() {
    return count;
  }

  /** The value of sensor {@code d} in row {@code i}, both from 0; NaN = missing. */
  public double value(int i, int d) {
    return chunks[i / ROWS_PER_CHUNK][i % ROWS_PER_CHUNK * features() + d];
  }

  /** A copy of row {@code i}: D values, NaN = missing. */
  public double[] row(int i) {
    double[] row = new double[features()];
    System.arraycopy(
        chunks[i / ROWS_PER_CHUNK], i % ROWS_PER_CHUNK * features(), row, 0, features());
    return row;
  }

  /**
   * Row {@code i} in another order of sensors.
   *
   * @param columns for each place of the result the column it is taken from, or −1 for a sensor the
   *     table does not have, which becomes NaN; see {@link #columnsOf}; not modified
   */
  public double[] row(int i, int[] columns) {
    double[] row = new double[columns.length];
    for (int d = 0; d < columns.length; d++) {
      row[d] = columns[d] < 0 ? Double.NaN : value(i, columns[d]);
    }
    return row;
  }

  /** For each name the column that holds it, −1 where the table has no such sensor. */
  public int[] columnsOf(List<String> names) {
    return names.stream().mapToInt(sensors::indexOf).toArray();
  }

  /** Whether rows have timestamps: whether the table is a series. */
  public boolean hasTimestamps() {
    return epochMicros.isPresent();
  }

  /** When row {@code i} was observed, to the microsecond; empty if the table has no timestamps. */
  public Optional<Instant> timestamp(int i) {
    return epochMicros.map(micros -> Instant.EPOCH.plus(micros[i], ChronoUnit.MICROS));
  }

  /** Whether the source names an entity for each row. */
  public boolean hasEntities() {
    return entityCodes.isPresent();
  }

  /** The machine row {@code i} belongs to; {@link #DEFAULT_ENTITY} if the source names none. */
  public String entity(int i) {
    return entityCodes.map(codes -> entities.get(codes[i])).orElse(DEFAULT_ENTITY);
  }

  /** The entities the source names, in order of appearance; empty if it names none. */
  public List<String> entities() {
    return entities;
  }

  /**
   * The rows of every entity in the order of time; rows of one time keep the order they have, and
   * without timestamps the order of the rows stands for time. One array per entity, in order of
   * appearance; together they are all rows.
   */
  public List<int[]> series() {
    return IntStream.range(0, count)
        .boxed()
        .collect(Collectors.groupingBy(this::entity, LinkedHashMap::new, Collectors.toList()))
        .values()
        .stream()
        .map(this::inTime)
        .toList();
  }

  /**
   * Some rows in the order of {@link #series}.
   *
   * @param rows indices, all different; not modified
   * @return places in {@code rows}: one array per entity that has any of them, each in the order of
   *     time
   */
  public List<int[]> seriesOf(int[] rows) {
    int[] placeOf = new int[count];
    Arrays.fill(placeOf, -1);
    for (int place = 0; place < rows.length; place++) {
      placeOf[rows[place]] = place;
    }
    return series().stream()
        .map(entity -> Arrays.stream(entity).map(row -> placeOf[row]))
        .map(places -> places.filter(place -> place >= 0).toArray())
        .filter(places -> places.length > 0)
        .toList();
  }

  private int[] inTime(List<Integer> rows) {
    Comparator<Integer> byTime = Comparator.comparing(i -> timestamp(i).orElse(Instant.EPOCH));
    return rows.stream().sorted(byTime).mapToInt(Integer::intValue).toArray();
  }

  /** Whether rows are labelled as normal or anomalous. */
  public boolean hasLabels() {
    return anomalous.isPresent();
  }

  /** Whether row {@code i} is labelled anomalous; false if the table has no labels. */
  public boolean anomalous(int i) {
    return anomalous.map(bits -> bits.get(i)).orElse(false);
  }

  /** Rows labelled anomalous, in order; none if the table has no labels. */
  public int[] anomalousRows() {
    return anomalous.map(bits -> bits.stream().toArray()).orElseGet(() -> new int[0]);
  }

  /** Rows not labelled anomalous, in order: what a model of the normal may be fitted to. */
  public int[] normalRows() {
    return IntStream.range(0, count).filter(i -> !anomalous(i)).toArray();
  }

  /** Where the rows came from, exactly enough to read the same rows again. */
  public Lineage.Source source() {
    return source;
  }

  /** What the source held besides, that could not be read as a row. */
  public SkippedRows skipped() {
    return skipped;
  }

  /**
   * An empty table to be filled.
   *
   * @param sensors at least one name, all different
   * @throws IllegalArgumentException if there is no name or one occurs twice
   */
  public static SensorTableBuilder of(List<String> sensors) {
    if (sensors.isEmpty() || new HashSet<>(sensors).size() < sensors.size()) {
      throw new IllegalArgumentException(
          "sensors: expected at least one name, all different; found: " + sensors);
    }
    return new SensorTableBuilder(List.copyOf(sensors));
  }
}
