package dev.elbow.detector.entity;

import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** A store that belongs to no stream: on the heap, without a changelog, gone with its process. */
final class HeapStore implements KeyValueStore<byte[], byte[]> {

  private final String name;
  private final TreeMap<ByteBuffer, byte[]> values = new TreeMap<>();

  HeapStore(String name) {
    this.name = name;
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    return values.get(ByteBuffer.wrap(key));
  }

  @Override
  public void put(byte[] key, byte @Nullable [] value) {
    if (value == null) {
      values.remove(ByteBuffer.wrap(key));
    } else {
      values.put(ByteBuffer.wrap(key), value);
    }
  }

  @Override
  public byte @Nullable [] putIfAbsent(byte[] key, byte[] value) {
    return values.putIfAbsent(ByteBuffer.wrap(key), value);
  }

  @Override
  public void putAll(List<KeyValue<byte[], byte[]>> entries) {
    entries.forEach(entry -> put(entry.key, entry.value));
  }

  @Override
  public byte @Nullable [] delete(byte[] key) {
    return values.remove(ByteBuffer.wrap(key));
  }

  @Override
  public KeyValueIterator<byte[], byte[]> all() {
    return new Entries(values);
  }

  @Override
  public KeyValueIterator<byte[], byte[]> range(byte[] from, byte[] to) {
    return new Entries(values.subMap(ByteBuffer.wrap(from), true, ByteBuffer.wrap(to), true));
  }

  @Override
  public long approximateNumEntries() {
    return values.size();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {}

  @Override
  public void flush() {}

  @Override
  public void close() {}

  @Override
  public boolean persistent() {
    return false;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  /** Of a copy of the entries. */
  private static final class Entries implements KeyValueIterator<byte[], byte[]> {

    private final TreeMap<ByteBuffer, byte[]> left;

    Entries(Map<ByteBuffer, byte[]> entries) {
      this.left = new TreeMap<>(entries);
    }

    @Override
    public boolean hasNext() {
      return !left.isEmpty();
    }

    @Override
    public KeyValue<byte[], byte[]> next() {
      Iterator<Map.Entry<ByteBuffer, byte[]>> first = left.entrySet().iterator();
      Map.Entry<ByteBuffer, byte[]> entry = first.next();
      first.remove();
      return KeyValue.pair(entry.getKey().array(), entry.getValue());
    }

    @Override
    public byte[] peekNextKey() {
      return left.firstKey().array();
    }

    @Override
    public void close() {}
  }
}
