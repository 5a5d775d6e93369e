package dev.elbow.detector.episode;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.elbow.detector.entity.Partition;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The store of the episodes of a task, on this machine's disk and in a changelog topic. It holds
 * how each entity stands that has an episode, and, where records can be delivered again, what was
 * told of it of late, the newest {@value #PLACES} events.
 *
 * <p>What is told is put before the standing it led to, and nothing is cached in between. So
 * whatever of the changelog outlives a crash, what has been told is in it as far as the standing
 * says.
 */
public final class EpisodeStore {

  /** Its name. */
  public static final String NAME = "episodes";

  /** How far back what was told can be told again. */
  private static final int PLACES = 16;

  private static final byte STANDING = 0;
  private static final byte TOLD = 1;

  private final KeyValueStore<byte[], byte[]> store;
  private final Partition partition;

  /**
   * @param context of the processor, connected with the store
   * @param partition that its task reads
   */
  EpisodeStore(ProcessorContext<?, ?> context, Partition partition) {
    this.store = context.getStateStore(NAME);
    this.partition = partition;
  }

  /** What the processor that follows episodes is to be connected with. */
  public static StoreBuilder<KeyValueStore<byte[], byte[]>> builder() {
    return Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(NAME), Serdes.ByteArray(), Serdes.ByteArray())
        .withLoggingEnabled(
            // a record carries the time of an observation, which may lie in the future
            Map.of(
                TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, Long.toString(Long.MAX_VALUE)))
        .withCachingDisabled();
  }

  /** The changelog topic of an application. */
  public static String changelog(String applicationId) {
    return applicationId + "-" + NAME + "-changelog";
  }

  /**
   * All that is in the store.
   *
   * @param told what was told of an entity, in no order
   */
  void forEach(BiConsumer<String, Standing> standing, Consumer<Repeat> told) {
    try (KeyValueIterator<byte[], byte[]> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<byte[], byte[]> next = all.next();
        ByteBuffer key = ByteBuffer.wrap(next.key);
        if (key.get() == STANDING) {
          String entity = UTF_8.decode(key).toString();
          StandingBytes.read(next.value, partition)
              .ifPresent(stands -> standing.accept(entity, stands));
        } else {
          Repeat.read(next.value).ifPresent(told);
        }
      }
    }
  }

  /** How an entity stands. */
  Standing standing(String entity) {
    return Optional.ofNullable(store.get(key(STANDING, entity).array()))
        .flatMap(stored -> StandingBytes.read(stored, partition))
        .orElse(Standing.NONE);
  }

  void put(String entity, Standing standing) {
    store.put(key(STANDING, entity).array(), StandingBytes.of(standing));
  }

  /** Keeps what was told of an entity in place of what was told {@value #PLACES} events before. */
  void put(Repeat told) {
    store.put(toldKey(told.event().entity(), told.number()), told.toBytes());
  }

  /** Keeps nothing of an entity. */
  void forget(String entity, Standing standing) {
    store.delete(key(STANDING, entity).array());
    for (int place = 0; place < Math.min(standing.told(), PLACES); place++) {
      store.delete(toldKey(entity, place));
    }
  }

  /** The place comes last, so that no two pairs have the same key. */
  private static byte[] toldKey(String entity, int number) {
    byte[] name = entity.getBytes(UTF_8);
    return ByteBuffer.allocate(1 + name.length + Integer.BYTES)
        .put(TOLD)
        .put(name)
        .putInt(number % PLACES)
        .array();
  }

  private static ByteBuffer key(byte kind, String entity) {
    byte[] name = entity.getBytes(UTF_8);
    return ByteBuffer.allocate(1 + name.length).put(kind).put(name);
  }
}
