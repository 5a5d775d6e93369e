package dev.elbow.detector.entity;

import dev.elbow.detector.metrics.DetectionMetrics;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * The entities of one task. Those heard of last are held in memory, as many as there is room for;
 * any other is read from the stores when it is heard of again.
 *
 * <p>It belongs to one task from its start to its end: after a rebalance, or when a task is begun
 * anew, another one reads what the stores hold then.
 */
public final class Entities implements AutoCloseable {

  private final EntityStores stores;
  private final int places;
  private final HistoryMemory memory;
  private final DetectionMetrics metrics;

  /** Least recently heard of first. */
  private final Map<String, Entity> held = new LinkedHashMap<>(16, 0.75f, true);

  private long bytes;

  /**
   * @param context of the processor that remembers, connected with the stores
   * @param places how many rows of an entity are kept in the stores, or its model's window, if that
   *     is longer; at least 1
   * @param memory shared with the other tasks
   */
  public Entities(
      ProcessorContext<?, ?> context, int places, HistoryMemory memory, DetectionMetrics metrics) {
    this.stores = new EntityStores(context);
    this.places = places;
    this.memory = memory;
    this.metrics = metrics;
    memory.join();
  }

  /** The entity of that name under a model. */
  public Entity entity(String name, EntityModel model) {
    Entity before = held.get(name);
    if (before != null && before.model().mark() == model.mark()) {
      return before;
    }
    Entity entity = new Entity(name, model, stores, places);
    metrics.historyRead();
    held.put(name, entity);
    bytes += entity.bytes() - (before == null ? 0 : before.bytes());
    return entity;
  }

  /** Lets go of those heard of least recently until the others have room; all rows are settled. */
  public void makeRoom() {
    Iterator<Entity> leastRecent = held.values().iterator();
    while (bytes > memory.share() && leastRecent.hasNext()) {
      bytes -= leastRecent.next().bytes();
      leastRecent.remove();
    }
  }

  /** Ends with the task. */
  @Override
  public void close() {
    memory.leave();
  }
}
