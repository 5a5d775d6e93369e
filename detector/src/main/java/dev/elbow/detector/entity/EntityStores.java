package dev.elbow.detector.entity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The three stores of a task, each on this machine's disk and in a changelog topic:
 *
 * <ul>
 *   <li>{@value #HEARD}: entity → when it was heard of.
 *   <li>{@value #ENTITIES}: entity → how it stands. Its changelog gets one record per entity and
 *       commit, however many rows came between.
 *   <li>{@value #ROWS}: entity and place → a row. A record writes one row, never a whole window.
 * </ul>
 */
public final class EntityStores {

  /** The store of what is heard of. */
  public static final String HEARD = "heard";

  /** The store of the entities. */
  public static final String ENTITIES = "entities";

  /** The store of the rows. */
  public static final String ROWS = "rows";

  /**
   * The records of a changelog carry the time of an observation, the first of a frame; if the
   * brokers refused one that claims to come from the future, the stream would stop for good.
   */
  private static final Map<String, String> ANY_TIME =
      Map.of(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, Long.toString(Long.MAX_VALUE));

  private final KeyValueStore<byte[], byte[]> heard;
  private final KeyValueStore<byte[], byte[]> entities;
  private final KeyValueStore<byte[], byte[]> rows;

  /** The stores of a processor's task. */
  EntityStores(ProcessorContext<?, ?> context) {
    this(
        context.getStateStore(HEARD), context.getStateStore(ENTITIES), context.getStateStore(ROWS));
  }

  private EntityStores(
      KeyValueStore<byte[], byte[]> heard,
      KeyValueStore<byte[], byte[]> entities,
      KeyValueStore<byte[], byte[]> rows) {
    this.heard = heard;
    this.entities = entities;
    this.rows = rows;
  }

  /** Stores of nobody's task, empty and on the heap. */
  static EntityStores onHeap() {
    return new EntityStores(new HeapStore(HEARD), new HeapStore(ENTITIES), new HeapStore(ROWS));
  }

  /** What the processor that remembers is to be connected with. */
  public static List<StoreBuilder<?>> builders() {
    return List.of(
        builder(HEARD).withCachingEnabled(),
        builder(ENTITIES).withCachingEnabled(),
        builder(ROWS).withCachingDisabled());
  }

  private static StoreBuilder<KeyValueStore<byte[], byte[]>> builder(String name) {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.ByteArray(), Serdes.ByteArray())
        .withLoggingEnabled(ANY_TIME);
  }

  /** The changelog topics of an application. */
  public static List<String> changelogs(String applicationId) {
    return Stream.of(HEARD, ENTITIES, ROWS)
        .map(store -> applicationId + "-" + store + "-changelog")
        .toList();
  }

  /** All entities that are known. */
  void forEachHearing(BiConsumer<String, Hearing> entity) {
    try (KeyValueIterator<byte[], byte[]> all = heard.all()) {
      while (all.hasNext()) {
        KeyValue<byte[], byte[]> next = all.next();
        String name = new String(next.key, UTF_8);
        Hearing.ofBytes(next.value).ifPresent(hearing -> entity.accept(name, hearing));
      }
    }
  }

  /** Keeps when an entity was heard of. */
  void put(String entity, Hearing hearing) {
    heard.put(key(entity), hearing.toBytes());
  }

  /** Keeps nothing of an entity. */
  void forget(String entity) {
    state(entity).ifPresent(state -> deleteRows(entity, state.series()));
    entities.delete(key(entity));
    heard.delete(key(entity));
  }

  /** How an entity stands; empty if nothing is known of it. */
  Optional<EntityState> state(String entity) {
    return Optional.ofNullable(entities.get(key(entity)))
        .flatMap(KeptRow::ofBytes)
        .map(KeptRow::after);
  }

  /** Keeps how an entity stands. */
  void put(String entity, EntityState state) {
    entities.put(key(entity), KeptRow.of(state).toBytes());
  }

  /** Keeps a row, if rows are kept. */
  void put(String entity, KeptRow row) {
    Series series = row.after().series();
    if (series.places() > 0) {
      rows.put(key(entity, series.place(series.rows() - 1)), row.toBytes());
    }
  }

  /** Keeps how an entity stands, and its level in its newest row, too, if that is kept. */
  void putLevel(String entity, EntityState state) {
    Series series = state.series();
    long newest = Math.max(series.oldest(), series.rows() - 1);
    newestFirst(entity, series, newest)
        .forEach(
            row ->
                rows.put(
                    key(entity, series.place(newest)),
                    new KeptRow(row.after().with(state.level()), row.passed(), row.values())
                        .toBytes()));
    put(entity, state);
  }

  /** The rows of an entity from the newest back to that number, or to the first not kept. */
  Stream<KeptRow> newestFirst(String entity, Series series, long oldest) {
    return LongStream.iterate(series.rows() - 1, n -> n >= oldest, n -> n - 1)
        .mapToObj(n -> row(entity, series, n))
        .takeWhile(Optional::isPresent)
        .flatMap(Optional::stream);
  }

  /**
   * The same, but past rows that are missing. After a crash under at-least-once the newest rows can
   * be: each store has a changelog of its own, and that of the rows may have come less far. What a
   * commit covers is in all of them.
   */
  Stream<KeptRow> newestFirstPastHoles(String entity, Series series) {
    return LongStream.iterate(series.rows() - 1, n -> n >= series.oldest(), n -> n - 1)
        .mapToObj(n -> row(entity, series, n))
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
    deleteRows(entity, series);
    for (KeptRow row : kept) {
      EntityState after = row.after();
      Series moved = after.series().in(places);
      rows.put(
          key(entity, moved.place(moved.rows() - 1)),
          new KeptRow(after.with(moved), row.passed(), row.values()).toBytes());
    }
    return kept.isEmpty() ? series.in(places).broken() : series.in(places);
  }

  private void deleteRows(String entity, Series series) {
    for (int place = 0; place < Math.min(series.places(), series.rows()); place++) {
      rows.delete(key(entity, place));
    }
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
