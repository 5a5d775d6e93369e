package dev.elbow.trainer.data;

import dev.elbow.bundle.Lineage;
import dev.elbow.event.Observation;
import dev.elbow.event.SensorColumns;
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
 * <p>It is immutable and holds 4 bytes per value, 8 for what four cannot hold (see {@link
 * #rounded}), 8 per timestamp, 4 per entity and a bit per label. Values are in engineering units;
 * NaN = missing, and nothing else is ever not finite. Either every row has a timestamp or none has,
 * and the same for labels.
 */
public final class SensorTable {

  /** The entity of every row of a source that does not name one. */
  public static final String DEFAULT_ENTITY = Observation.DEFAULT_ENTITY;

  private final List<String> sensors;
  private final int count;
  private final Column[][] chunks;
  private final long rounded;

  /** By sensor: its column in the chunks. */
  private final int[] columns;

  /** By row: its place in the chunks and all that goes with them; empty if all stand in place. */
  private final Optional<int[]> places;

  private final Optional<GrowingLongs> epochMicros;
  private final Optional<BitSet> anomalous;
  private final Optional<GrowingInts> entityCodes;

  /** By code. */
  private final List<String> entityNames;

  private final List<String> entities;
  private final Lineage.Source source;
  private final SkippedRows skipped;

  /**
   * @param sensors in their order here; all of the builder's
   * @param places by row, its number in the builder; empty if it is the same
   */
  SensorTable(
      SensorTableBuilder from,
      List<String> sensors,
      Optional<int[]> places,
      Lineage.Source source,
      SkippedRows skipped) {
    this.sensors = sensors;
    this.columns = sensors.stream().mapToInt(from::columnOf).toArray();
    this.count = from.count();
    this.chunks = from.chunks();
    this.rounded = from.rounded();
    this.places = places;
    this.epochMicros = from.timestamps();
    this.anomalous = from.labels();
    this.entityCodes = from.entityCodes();
    this.entityNames = List.copyOf(from.entities());
    this.entities = places.isPresent() ? inOrderOfAppearance() : entityNames;
    this.source = source;
    this.skipped = skipped;
  }

  private List<String> inOrderOfAppearance() {
    return hasEntities()
        ? IntStream.range(0, count).mapToObj(this::entity).distinct().toList()
        : List.of();
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
    int place = place(i);
    return value(chunks[place / RowStore.ROWS], place % RowStore.ROWS, columns[d]);
  }

  private static double value(Column[] chunk, int row, int column) {
    return column < chunk.length ? chunk[column].value(row) : Double.NaN;
  }

  private int place(int i) {
    return places.isPresent() ? places.get()[i] : i;
  }

  /** A copy of row {@code i}: D values, NaN = missing. */
  public double[] row(int i) {
    int place = place(i);
    Column[] chunk = chunks[place / RowStore.ROWS];
    double[] row = new double[features()];
    for (int d = 0; d < row.length; d++) {
      row[d] = value(chunk, place % RowStore.ROWS, columns[d]);
    }
    return row;
  }

  /**
   * How many values were rounded to 24 bits: those of a large table that neither a float nor a
   * decimal of nine digits gives back exactly, beyond the first {@value RowStore#MOST_DOUBLES}.
   */
  public long rounded() {
    return rounded;
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
    return epochMicros.map(micros -> Instant.EPOCH.plus(micros.get(place(i)), ChronoUnit.MICROS));
  }

  /** Whether the source names an entity for each row. */
  public boolean hasEntities() {
    return entityCodes.isPresent();
  }

  /** The machine row {@code i} belongs to; {@link #DEFAULT_ENTITY} if the source names none. */
  public String entity(int i) {
    return entityCodes.map(codes -> entityNames.get(codes.get(place(i)))).orElse(DEFAULT_ENTITY);
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
    return anomalous.map(bits -> bits.get(place(i))).orElse(false);
  }

  /** Rows labelled anomalous, in order; none if the table has no labels. */
  public int[] anomalousRows() {
    return IntStream.range(0, hasLabels() ? count : 0).filter(this::anomalous).toArray();
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
    return new SensorTableBuilder(SensorColumns.of(sensors));
  }
}
