package dev.elbow.detector.entity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The two stores of a task, each on this machine's disk and in a changelog topic:
 *
 * <ul>
 *   <li>{@value #ENTITIES}: entity → how it stands. Its changelog gets one record per entity and
 *       commit, however many rows came between.
 *   <li>{@value #ROWS}: entity and place → a row. A record writes one row, never a whole window.
 * </ul>
 */
public final class EntityStores {

  /** The store of the entities. */
  public static final String ENTITIES = "entities";

  /** The store of the rows. */
  public static final String ROWS = "rows";

  /**
   * The records of a changelog carry the time of the observation; if the brokers refused one that
   * claims to come from the future, the stream would stop for good.
   */
  private static final Map<String, String> ANY_TIME =
      Map.of(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, Long.toString(Long.MAX_VALUE));

  private static final double[] NO_VALUES = {};

  private final KeyValueStore<byte[], byte[]> entities;
  private final KeyValueStore<byte[], byte[]> rows;

  /** The stores of a processor's task. */
  EntityStores(ProcessorContext<?, ?> context) {
    this.entities = context.getStateStore(ENTITIES);
    this.rows = context.getStateStore(ROWS);
  }

  /** What the processor that remembers is to be connected with. */
  public static Set<StoreBuilder<?>> builders() {
    return Set.of(builder(ENTITIES).withCachingEnabled(), builder(ROWS).withCachingDisabled());
  }

  private static StoreBuilder<KeyValueStore<byte[], byte[]>> builder(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.ByteArray(), Serdes.ByteArray())
        .withLoggingEnabled(ANY_TIME);
  }

  /** The changelog topics of an application. */
  public static List<String> changelogs(String applicationId) {
    return Stream.of(ENTITIES, ROWS)
        .map(store -> applicationId + "-" + store + "-changelog")
        .toList();
  }

  /** How an entity stands; empty if nothing is known of it. */
  Optional<EntityState> state(String entity) {
    return Optional.ofNullable(entities.get(key(entity)))
        .flatMap(KeptRow::ofBytes)
        .map(KeptRow::after);
  }

  /** Keeps how an entity stands. */
  void put(String entity, EntityState state) {
    entities.put(key(entity), new KeptRow(state, List.of(), NO_VALUES).toBytes());
  }

  /** Keeps a row, if rows are kept, and that the entity stands as it did after it. */
  void put(String entity, KeptRow row) {
    Series series = row.after().series();
    if (series.places() > 0) {
      rows.put(key(entity, series.place(series.rows() - 1)), row.toBytes());
    }
    put(entity, row.after());
  }

  /** The rows of an entity from the newest back to that number, or to the first not kept. */
  Stream<KeptRow> newestFirst(String entity, Series series, long oldest) {
    return LongStream.iterate(series.rows() - 1, n -> n >= oldest, n -> n - 1)
        .mapToObj(n -> row(entity, series, n))
        .takeWhile(Optional::isPresent)
        .flatMap(Optional::stream);
  }

  private Optional<KeptRow> row(String entity, Series series, long n) {
    return Optional.ofNullable(rows.get(key(entity, series.place(n))))
        .flatMap(KeptRow::ofBytes)
        .filter(row -> row.after().series().rows() == n + 1);
  }

  /**
   * Makes another number of places for an entity's rows and moves as many as fit.
   *
   * @return the series in the new places
   */
  Series move(String entity, Series series, int places) {
    List<KeptRow> kept = newestFirst(entity, series, series.oldest()).limit(places).toList();
    for (int place = 0; place < Math.min(series.places(), series.rows()); place++) {
      rows.delete(key(entity, place));
    }
    for (KeptRow row : kept) {
      EntityState after = row.after();
      Series moved = after.series().in(places);
      rows.put(
          key(entity, moved.place(moved.rows() - 1)),
          new KeptRow(after.with(moved), row.passed(), row.values()).toBytes());
    }
    return kept.isEmpty() ? series.in(places).broken() : series.in(places);
  }

  private static byte[] key(String entity) {
    return entity.getBytes(UTF_8);
  }

  /** The place takes the last four bytes, so that no two pairs have the same key. */
  private static byte[] key(String entity, int place) {
    byte[] name = key(entity);
    return ByteBuffer.allocate(name.length + Integer.BYTES).put(name).putInt(place).array();
  }
}
