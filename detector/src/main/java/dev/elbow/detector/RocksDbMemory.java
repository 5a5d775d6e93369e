package dev.elbow.detector;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * Bounds what RocksDB takes beside the heap. By Kafka's defaults every store of every partition may
 * take some 100 MB for itself; here all stores of the process share one cache, and what is not yet
 * written to disk counts towards it.
 *
 * <p>Follows "Memory Management" in the developer guide of Kafka Streams.
 */
public final class RocksDbMemory implements RocksDBConfigSetter {

  /** For all stores together. */
  static final long CACHE_BYTES = 64L << 20;

  /** Of that, for what is not yet written to disk. */
  private static final long WRITE_BUFFER_BYTES = 32L << 20;

  /** Of one store, before it is written to disk. */
  private static final long STORE_BUFFER_BYTES = 4L << 20;

  private static final int STORE_BUFFERS = 3;

  /** The share of the cache that indexes and filters get before anything else. */
  private static final double INDEX_SHARE = 0.1;

  static {
    RocksDB.loadLibrary();
  }

  /** Kept for the life of the process: stores are opened and closed on many threads. */
  private static final Cache CACHE = new LRUCache(CACHE_BYTES, -1, false, INDEX_SHARE);

  private static final WriteBufferManager WRITE_BUFFERS =
      new WriteBufferManager(WRITE_BUFFER_BYTES, CACHE);

  @Override
  public void setConfig(String store, Options options, Map<String, Object> configs) {
    BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(CACHE);
    table.setCacheIndexAndFilterBlocks(true);
    table.setCacheIndexAndFilterBlocksWithHighPriority(true);
    table.setPinTopLevelIndexAndFilter(true);
    options.setTableFormatConfig(table);
    options.setWriteBufferManager(WRITE_BUFFERS);
    options.setWriteBufferSize(STORE_BUFFER_BYTES);
    options.setMaxWriteBufferNumber(STORE_BUFFERS);
  }

  /** What is shared outlasts every store. */
  @Override
  public void close(String store, Options options) {}
}
