package dev.elbow.detector.metrics;

import dev.elbow.event.Episode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Episodes that have begun, are open and are over. At most {@value DetectionMetrics#MAX_ENTITIES}
 * open ones have a series of their own. Safe for use by several threads.
 */
public final class EpisodeMetrics {

  private static final String STARTED = "elbow.episodes.started";
  private static final String ENDED = "elbow.episodes.ended";
  private static final String OPEN = "elbow.episodes.open";
  private static final String ANOMALIES = "elbow.episode.anomalies";

  private final Meters meters;
  private final Counter started;
  private final Map<Episode.Reason, Counter> ended = new EnumMap<>(Episode.Reason.class);
  private final AtomicLong open;
  private final Map<String, OpenEpisode> episodes = new ConcurrentHashMap<>();

  /** The gauge of an entity that has an episode. */
  private record OpenEpisode(Gauge gauge, AtomicLong anomalies) {}

  EpisodeMetrics(Meters meters) {
    this.meters = meters;
    started = meters.counter(STARTED, "Episodes that have begun.");
    open = meters.gauge(OPEN, "Episodes that are not over.");
    for (Episode.Reason reason : Episode.Reason.values()) {
      ended.put(
          reason,
          meters.counter(ENDED, "Episodes that are over, by why.", "reason", reason.code()));
    }
  }

  /** An episode has begun. */
  public void started() {
    started.increment();
  }

  /** So many episodes more are open, or fewer. */
  public void open(int more) {
    open.addAndGet(more);
  }

  /** The open episode of an entity has so many anomalies by now. */
  public void anomalies(String entity, long soMany) {
    @Nullable OpenEpisode episode = episodes.get(entity);
    if (episode == null) {
      episode =
          episodes.size() < DetectionMetrics.MAX_ENTITIES
              ? episodes.computeIfAbsent(entity, this::show)
              : null;
    }
    if (episode != null) {
      episode.anomalies().set(soMany);
    }
  }

  private OpenEpisode show(String entity) {
    AtomicLong count = new AtomicLong();
    Gauge gauge =
        Gauge.builder(ANOMALIES, count, AtomicLong::get)
            .description("Anomalies of the entity's open episode.")
            .tag("entity", entity)
            .register(meters.registry());
    return new OpenEpisode(gauge, count);
  }

  /** The episode of an entity is over. */
  public void ended(String entity, Episode.Reason reason) {
    Objects.requireNonNull(ended.get(reason), "registered for every reason").increment();
    gone(entity);
  }

  /** The episode of an entity is over, or another detector goes on with it. */
  public void gone(String entity) {
    OpenEpisode episode = episodes.remove(entity);
    if (episode != null) {
      meters.registry().remove(episode.gauge());
    }
  }
}
