package dev.elbow.detector.episode;

import dev.elbow.detector.entity.Partition;
import dev.elbow.detector.entity.PlantClock;
import dev.elbow.detector.metrics.EpisodeMetrics;
import dev.elbow.event.Episode;
import dev.elbow.event.Episode.Reason;
import dev.elbow.event.Episode.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * The episodes of the entities of one task. Only entities that have one are held in memory; of all
 * others it is looked up that they have none.
 *
 * <p>An episode also ends when no row of its entity was scored for so long that it would have shown
 * to be as usual: by the {@link PlantClock}, since no record tells of that. What is told of it does
 * not depend on when that was found out.
 *
 * <p><b>Repeats.</b> Where results are delivered at least once, the store may know records that
 * come again after a crash. They change nothing then, and what was told of them is told again as it
 * was, for {@link EpisodeStore} keeps it. Under exactly-once nothing comes again and nothing is
 * kept of an entity whose episode is over.
 */
public final class Episodes implements AutoCloseable {

  private final EpisodeRule rule;
  private final Partition partition;
  private final EpisodeStore store;
  private final boolean repeatable;
  private final Consumer<Episode> told;
  private final EpisodeMetrics metrics;
  private final PlantClock clock;
  private final Map<String, Standing> standings = new HashMap<>();
  private final Repeats repeats = new Repeats();

  /** Those that stand otherwise than the store has it. */
  private final Map<String, Standing> unsaved = new HashMap<>();

  /** No episode ends by silence before. */
  private Instant nextSilence = Instant.MAX;

  /** Offset of the record at hand, or of the last; −1 before the first of the task. */
  private long offset = -1;

  /** Whether no record is at hand. */
  private boolean between;

  private boolean rowSinceTick;

  /**
   * @param context of the processor, connected with the store
   * @param partition that the task reads
   * @param repeatable whether records can come again whose results have been sent
   * @param told each event, when it is to be sent
   */
  public Episodes(
      ProcessorContext<?, ?> context,
      Partition partition,
      EpisodeRule rule,
      boolean repeatable,
      Consumer<Episode> told,
      EpisodeMetrics metrics) {
    this.rule = rule;
    this.partition = partition;
    this.store = new EpisodeStore(context, partition);
    this.repeatable = repeatable;
    this.told = told;
    this.metrics = metrics;
    store.forEach(standings::put, repeatable ? repeats : ignored -> {});
    if (!repeatable) {
      forgetOver(Long.MAX_VALUE);
    }
    Instant newest = Instant.EPOCH;
    for (Map.Entry<String, OpenEpisode> open : open().entrySet()) {
      Instant heard = open.getValue().heard();
      newest = heard.isAfter(newest) ? heard : newest;
      silentNotBefore(open.getValue());
      metrics.anomalies(open.getKey(), open.getValue().anomalies());
    }
    metrics.open(open().size());
    this.clock = new PlantClock(newest);
  }

  private Map<String, OpenEpisode> open() {
    Map<String, OpenEpisode> open = new HashMap<>();
    standings.forEach(
        (entity, standing) -> standing.open().ifPresent(episode -> open.put(entity, episode)));
    return open;
  }

  /**
   * A record has come, whatever becomes of it.
   *
   * @param recordOffset its offset
   */
  public void record(long recordOffset) {
    if (offset < 0 && repeatable) {
      repeats.beginAt(recordOffset);
      forgetOver(recordOffset);
    }
    offset = recordOffset;
    between = false;
    if (!repeats.isEmpty()) {
      repeats.upTo(recordOffset).forEach(told);
    }
  }

  /** Forgets entities that have no episode, if no record from there on is one of theirs. */
  private void forgetOver(long first) {
    Set<String> repeated = repeats.entities();
    Map.copyOf(standings)
        .forEach(
            (entity, standing) -> {
              if (standing.open().isEmpty()
                  && standing.offset() < first
                  && !repeated.contains(entity)) {
                standings.remove(entity);
                store.forget(entity, standing);
              }
            });
  }

  /**
   * The record at hand is a row, scored or not.
   *
   * @param observed when it was observed
   * @param wallClock the detector's own time
   */
  public void row(Instant observed, Instant wallClock) {
    rowSinceTick = true;
    clock.observation(observed, wallClock);
    endSilent();
  }

  /** Whether the rows of an entity matter though they are normal. */
  public boolean concerns(String entity) {
    return standings.containsKey(entity);
  }

  /** The row at hand was scored. */
  public void scored(JudgedRow row) {
    Standing standing = standings.getOrDefault(row.entity(), Standing.NONE);
    if (row.offset() <= standing.offset()) {
      return; // a repeat
    }
    boolean sameModel =
        standing.open().filter(open -> open.model().equals(row.model())).isPresent();
    if (sameModel) {
      goOn(row, standing);
      return;
    }
    if (standing.open().isPresent()) {
      end(row.entity(), standing, Reason.MODEL_CHANGED);
    }
    if (row.anomaly().isPresent()) {
      begin(row);
    }
  }

  private void begin(JudgedRow row) {
    OpenEpisode begun = OpenEpisode.begin(row, clock.now());
    metrics.started();
    metrics.open(1);
    Standing before = repeatable ? before(row.entity()) : Standing.NONE;
    Episode event = begun.event(row.entity(), Status.STARTED, partition, rule);
    hold(row.entity(), begun, tell(before, event));
  }

  /** An entity that is not held may have had an episode, and what was told of it is to stay. */
  private Standing before(String entity) {
    Standing latest = unsaved.getOrDefault(entity, standings.get(entity));
    return latest == null ? store.standing(entity) : latest;
  }

  private void goOn(JudgedRow row, Standing standing) {
    OpenEpisode next = standing.open().orElseThrow().next(row, clock.now());
    if (next.isOver(rule)) {
      end(row.entity(), standing.with(next), Reason.NORMAL);
    } else if (next.isNews(rule)) {
      Episode event = next.event(row.entity(), Status.ONGOING, partition, rule);
      hold(row.entity(), next.asTold(), tell(standing, event));
    } else {
      hold(row.entity(), next, standing);
    }
  }

  private void hold(String entity, OpenEpisode episode, Standing standing) {
    Standing next = standing.with(episode);
    standings.put(entity, next);
    unsaved.put(entity, next);
    silentNotBefore(episode);
    metrics.anomalies(entity, episode.anomalies());
  }

  private void end(String entity, Standing standing, Reason reason) {
    Episode event = standing.open().orElseThrow().ended(entity, reason, partition, rule);
    standings.remove(entity);
    unsaved.put(entity, tell(standing, event).over());
    metrics.ended(entity, reason);
    metrics.open(-1);
  }

  /**
   * Tells of it, and remembers having done so where that may have to be done again.
   *
   * @return how the entity stands then
   */
  private Standing tell(Standing standing, Episode event) {
    told.accept(event);
    if (!repeatable) {
      return standing;
    }
    long position = between ? Math.max(offset, standing.offset()) + 1 : offset;
    store.put(new Repeat(position, standing.told(), event));
    return standing.toldOnceMore();
  }

  /** Somebody has acknowledged the shift of an entity, if it is in one. */
  public void acknowledged(String entity) {
    between = true;
    Standing standing = standings.getOrDefault(entity, Standing.NONE);
    if (standing.open().filter(OpenEpisode::shifted).isPresent()) {
      end(entity, standing, Reason.ACKNOWLEDGED);
    }
  }

  /** So much time has gone by since the last tick, and the brokers answer. */
  public void tick(Duration time) {
    between = true;
    if (!rowSinceTick) {
      clock.quiet(time);
      endSilent();
    }
    rowSinceTick = false;
  }

  private void endSilent() {
    Instant now = clock.now();
    if (now.isBefore(nextSilence)) {
      return;
    }
    nextSilence = Instant.MAX;
    open()
        .forEach(
            (entity, open) -> {
              if (now.isBefore(open.silentAt(rule))) {
                silentNotBefore(open);
              } else {
                end(entity, standings.getOrDefault(entity, Standing.NONE), Reason.SILENT);
              }
            });
  }

  private void silentNotBefore(OpenEpisode episode) {
    Instant at = episode.silentAt(rule);
    nextSilence = at.isBefore(nextSilence) ? at : nextSilence;
  }

  /** What must last goes into the store, once for each entity. */
  public void settled() {
    unsaved.forEach(
        (entity, standing) -> {
          if (standing.open().isPresent() || repeatable) {
            store.put(entity, standing);
          } else {
            store.forget(entity, standing);
          }
        });
    unsaved.clear();
  }

  /** The task ends; another may go on with its episodes. */
  @Override
  public void close() {
    metrics.open(-open().size());
    open().keySet().forEach(metrics::gone);
  }
}
