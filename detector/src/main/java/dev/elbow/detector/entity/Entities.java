package dev.elbow.detector.entity;

import dev.elbow.detector.metrics.EntityMetrics;
import dev.elbow.event.Coordinates;
import dev.elbow.event.Silence;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
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
  private final EntityMetrics metrics;
  private final Tally tally;
  private final RollCall rollCall;

  /** Least recently heard of first. */
  private final Map<String, Entity> held = new LinkedHashMap<>(16, 0.75f, true);

  /** Those that stand otherwise than the stores have it. */
  private final List<Entity> unsaved = new ArrayList<>();

  private long bytes;

  /**
   * @param context of the processor that remembers, connected with the stores
   * @param topic that the task reads
   * @param memory shared with the other tasks
   * @param silences told of each that begins or ends, when it is found out
   */
  public Entities(
      ProcessorContext<?, ?> context,
      String topic,
      EntitySettings settings,
      HistoryMemory memory,
      EntityMetrics metrics,
      Consumer<Silence> silences) {
    this(
        new EntityStores(context),
        new Partition(topic, context.taskId().partition()),
        () -> Instant.ofEpochMilli(context.currentSystemTimeMs()),
        settings,
        memory,
        metrics,
        silences);
  }

  private Entities(
      EntityStores stores,
      Partition partition,
      InstantSource wallClock,
      EntitySettings settings,
      HistoryMemory memory,
      EntityMetrics metrics,
      Consumer<Silence> silences) {
    this.stores = stores;
    this.places = settings.historyRows();
    this.memory = memory;
    this.metrics = metrics;
    this.tally = new Tally(metrics);
    this.rollCall =
        new RollCall(
            stores, partition, settings.silence(), metrics, wallClock, silences, this::letGo);
    memory.join();
  }

  /**
   * The entities of a partition that is read again apart from any stream: nothing is known of them
   * at first, and nothing is kept.
   */
  public static Entities apart(
      Partition partition, EntitySettings settings, EntityMetrics metrics) {
    return new Entities(
        EntityStores.onHeap(),
        partition,
        InstantSource.system(),
        settings,
        new HistoryMemory(Long.MAX_VALUE),
        metrics,
        silence -> {});
  }

  /**
   * An observation of an entity has come, whatever becomes of it.
   *
   * @return when and how often the entity has been heard of by now
   */
  public Hearing heard(String entity, Instant observed, Coordinates source, EntityModel model) {
    return rollCall.heard(entity, observed, source, model.frontEnd().continuity().usualStep());
  }

  /** So much time has gone by since the last tick, and the brokers answer. */
  public void tick(Duration time) {
    rollCall.tick(time);
  }

  /**
   * Takes an entity's next row into its history.
   *
   * @param observed when, as the row says
   * @param values D, engineering units in the order of the model's sensors, NaN = missing; kept,
   *     not to be modified from now on
   * @return the row; empty if it is out of order
   */
  public Optional<PlacedRow> place(
      String name, Instant observed, Coordinates source, double[] values, EntityModel model) {
    Entity entity = entity(name, model);
    if (entity.toBeSaved()) {
      unsaved.add(entity);
    }
    Optional<PlacedRow> placed = entity.place(source.offset(), observed, values);
    placed.ifPresent(row -> tally.placed(name, row.isWarmingUp(), entity.stuck()));
    return placed;
  }

  /** When the newest row of an entity was observed; empty if there is none. */
  public Optional<Instant> newest(String name) {
    return stores
        .state(name)
        .map(EntityState::series)
        .filter(s -> !s.isEmpty())
        .map(Series::newest);
  }

  /**
   * Takes the present level of an entity for normal, if it is shifted under this model.
   *
   * @return whether it was; an entity that is not known is not made known by this
   */
  public boolean acknowledge(String name, EntityModel model) {
    boolean isShifted =
        stores
            .state(name)
            .map(EntityState::level)
            .filter(level -> level.isShifted(model))
            .isPresent();
    if (isShifted) {
      entity(name, model).acknowledge();
      makeRoom();
    }
    tally.shifted(name, false);
    return isShifted;
  }

  private Entity entity(String name, EntityModel model) {
    Entity before = held.get(name);
    if (before != null && before.model().mark() == model.mark()) {
      return before;
    }
    Entity entity = new Entity(name, model, stores, places, tally);
    metrics.historyRead();
    held.put(name, entity);
    bytes += entity.bytes() - (before == null ? 0 : before.bytes());
    return entity;
  }

  /**
   * All rows of a batch are settled: what must last goes into the stores, once for each entity, and
   * those heard of least recently are let go until the others have room.
   */
  public void settled() {
    unsaved.forEach(Entity::save);
    unsaved.clear();
    rollCall.save();
    makeRoom();
  }

  private void makeRoom() {
    Iterator<Entity> leastRecent = held.values().iterator();
    while (bytes > memory.share() && leastRecent.hasNext()) {
      bytes -= leastRecent.next().bytes();
      leastRecent.remove();
    }
  }

  /**
   * Another begins afresh with that name. Rows that this one has placed and not yet settled still
   * get their verdicts.
   */
  private void letGo(String name) {
    Entity entity = held.remove(name);
    if (entity != null) {
      bytes -= entity.bytes();
      entity.forget();
    }
    tally.forget(name);
  }

  /** The task ends. */
  @Override
  public void close() {
    memory.leave();
    tally.close();
    rollCall.close();
  }
}
