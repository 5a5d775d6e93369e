package dev.elbow.detector.entity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** The stores of one task on disk, as a processor has them, but without changelogs. */
final class TestStores implements AutoCloseable {

  private final MockProcessorContext<byte[], byte[]> context;
  private final List<StateStore> open = new ArrayList<>();

  TestStores(Path directory) {
    context = new MockProcessorContext<>(new Properties(), new TaskId(0, 0), directory.toFile());
    for (StoreBuilder<?> builder : EntityStores.builders()) {
      StateStore store = builder.withLoggingDisabled().withCachingDisabled().build();
      store.init(context.getStateStoreContext(), store);
      context.addStateStore(store);
      open.add(store);
    }
  }

  ProcessorContext<byte[], byte[]> context() {
    return context;
  }

  EntityStores stores() {
    return new EntityStores(context);
  }

  List<String> entitiesHeard() {
    return keys(EntityStores.HEARD).stream().map(key -> new String(key, UTF_8)).toList();
  }

  int keptRows() {
    return keys(EntityStores.ROWS).size();
  }

  /** As if the changelog of the rows had come less far than the others. */
  void loseRow(String entity, int place) {
    byte[] name = entity.getBytes(UTF_8);
    KeyValueStore<byte[], byte[]> rows = context.getStateStore(EntityStores.ROWS);
    rows.delete(ByteBuffer.allocate(name.length + Integer.BYTES).put(name).putInt(place).array());
  }

  private List<byte[]> keys(String name) {
    KeyValueStore<byte[], byte[]> store = context.getStateStore(name);
    List<byte[]> keys = new ArrayList<>();
    try (KeyValueIterator<byte[], byte[]> all = store.all()) {
      all.forEachRemaining(entry -> keys.add(entry.key));
    }
    return keys;
  }

  @Override
  public void close() {
    open.forEach(StateStore::close);
  }
}
