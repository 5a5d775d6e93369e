package dev.elbow.detector.models;

import dev.elbow.bundle.ModelBundle;
import dev.elbow.detector.metrics.ModelMetrics;
import dev.elbow.event.Activation;
import dev.elbow.event.EntityGroup;
import dev.elbow.input.InvalidInputException;
import dev.elbow.modeltopic.Timeline;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Models by a schedule: entity and time of an observation decide which one scores it, by the {@link
 * Timeline} of the activations and nothing else. An activation whose bundle is refused is as if it
 * were not there, so the one before it goes on.
 *
 * <p>New activations are taken over by the thread that calls {@link #follow}, which opens their
 * models first; whoever scores waits only for models of the past that have been closed. Safe for
 * use by several threads.
 */
public final class ModelSchedule implements Models {

  private static final Logger LOG = LoggerFactory.getLogger(ModelSchedule.class);

  private final OpenModels open;
  private final ModelMetrics metrics;
  private final InstantSource clock;

  /** Milliseconds; observations from beyond the present do not count. */
  private final AtomicLong newestJudged = new AtomicLong(Long.MIN_VALUE);

  private final Set<String> refused = new HashSet<>();
  private List<Activation> followed = List.of();
  private volatile Timeline timeline = Timeline.EMPTY;
  private Optional<String> shown = Optional.empty();

  /**
   * @param bundles reads a bundle by its id, or throws an {@link InvalidInputException}
   * @param mostOpen how many models may be open, at least 1
   */
  public ModelSchedule(
      Function<String, ModelBundle> bundles,
      int mostOpen,
      ModelMetrics metrics,
      InstantSource clock) {
    this.open = new OpenModels(bundles, mostOpen, metrics);
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * Follows these activations from now on. The models that they bring are opened before; to be
   * called by one thread.
   *
   * @param inLogOrder all of them whose bundles can be read
   */
  public void follow(List<Activation> inLogOrder) {
    List<Activation> news = new ArrayList<>(inLogOrder);
    news.removeAll(followed());
    openAhead(inLogOrder, news);
    Timeline before = timeline;
    takeOver(inLogOrder);
    news.stream().filter(timeline::holds).forEach(activation -> tell(activation, before));
    refresh();
  }

  private void openAhead(List<Activation> activations, List<Activation> news) {
    Set<String> candidates = new HashSet<>();
    news.forEach(activation -> activation.bundle().ifPresent(candidates::add));
    boolean allGood = false;
    while (!allGood) {
      Set<String> needed = Timeline.of(good(activations)).bundlesFrom(present());
      needed.retainAll(followed().isEmpty() ? needed : candidates);
      allGood = needed.stream().allMatch(this::opens);
    }
  }

  private boolean opens(String id) {
    Optional<SharedModel> model = model(id);
    model.ifPresent(SharedModel::release);
    return model.isPresent();
  }

  /** A model, held for the caller; empty if it is refused, which is told once. */
  private Optional<SharedModel> model(String id) {
    try {
      return Optional.of(open.retain(id));
    } catch (InvalidInputException e) {
      refuse(id, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private synchronized void refuse(String id, String why) {
    if (refused.add(id)) {
      metrics.refused();
      LOG.warn("Bundle {} refused, its activations count for nothing: {}", id, why);
    }
    takeOver(followed);
  }

  private synchronized List<Activation> followed() {
    return followed;
  }

  private synchronized void takeOver(List<Activation> activations) {
    followed = List.copyOf(activations);
    timeline = Timeline.of(good(activations));
    open.need(timeline.bundlesFrom(present()));
  }

  private synchronized List<Activation> good(List<Activation> activations) {
    return activations.stream()
        .filter(activation -> activation.bundle().filter(refused::contains).isEmpty())
        .toList();
  }

  private void tell(Activation activation, Timeline before) {
    Instant newest = Instant.ofEpochMilli(newestJudged.get());
    boolean late =
        newestJudged.get() != Long.MIN_VALUE
            && !activation.effectiveFrom().isAfter(newest)
            && Stream.of(activation.effectiveFrom(), newest)
                .anyMatch(time -> differ(before, timeline, activation.entities(), time));
    metrics.activated(late);
    String bundle = activation.bundle().orElse("none of its own");
    if (late) {
      LOG.warn(
          "Activation for {} of {} from {} on comes late: observations up to {} have been scored"
              + " by others, and a replay will give them to it",
          activation.entities(),
          bundle,
          activation.effectiveFrom(),
          newest);
    } else {
      LOG.info(
          "Activation for {}: {} from {} on",
          activation.entities(),
          bundle,
          activation.effectiveFrom());
    }
  }

  private static boolean differ(Timeline one, Timeline other, EntityGroup group, Instant time) {
    return !one.bundleOf(group, time).equals(other.bundleOf(group, time));
  }

  /** Looks which model scores by now, and closes those that are not needed. */
  public void refresh() {
    Timeline now = timeline;
    open.need(now.bundlesFrom(present()));
    open.closeIdle(OpenModels.IDLE);
    Optional<String> id = id();
    if (!id.equals(shown)) {
      id.flatMap(open::peek).ifPresent(this::show);
    }
  }

  private void show(SharedModel shared) {
    try {
      LoadedModel model = shared.model();
      metrics.scores(model.facts(clock.instant()));
      LOG.info(
          "Bundle {} scores from now on{}",
          model.id(),
          shown.map(before -> " in place of " + before).orElse(""));
      shown = Optional.of(model.id());
    } finally {
      shared.release();
    }
  }

  /** Whether there is any model for any observation. */
  public boolean isEmpty() {
    return timeline.bundlesFrom(Instant.MIN).isEmpty();
  }

  @Override
  public Optional<String> id() {
    return timeline.bundleOf(EntityGroup.ALL, present());
  }

  /** How far the observations have come; the time of day before the first. */
  private Instant present() {
    long newest = newestJudged.get();
    return newest == Long.MIN_VALUE ? clock.instant() : Instant.ofEpochMilli(newest);
  }

  @Override
  public Hold hold() {
    return new Held();
  }

  /** Models that are retained as they are asked for. */
  private final class Held implements Hold {

    private final Map<String, SharedModel> retained = new HashMap<>();
    private Timeline known = timeline;
    private long newest = Long.MIN_VALUE;

    @Override
    public Optional<LoadedModel> of(String entity, Instant time) {
      Optional<String> id = known.bundle(entity, time);
      while (id.isPresent()) {
        Optional<LoadedModel> model = retained(id.get());
        if (model.isPresent()) {
          return model;
        }
        known = timeline; // without the one that was refused
        id = known.bundle(entity, time);
      }
      return Optional.empty();
    }

    private Optional<LoadedModel> retained(String id) {
      SharedModel there = retained.get(id);
      if (there != null) {
        return Optional.of(there.model());
      }
      Optional<SharedModel> model = model(id);
      model.ifPresent(shared -> retained.put(id, shared));
      return model.map(SharedModel::model);
    }

    @Override
    public void judged(Instant time) {
      newest = Math.max(newest, time.toEpochMilli());
    }

    @Override
    public void close() {
      retained.values().forEach(SharedModel::release);
      if (newest > newestJudged.get()) {
        long atMost = Math.min(newest, clock.millis());
        newestJudged.accumulateAndGet(atMost, Math::max);
      }
    }
  }

  @Override
  public void close() {
    open.close();
  }
}
