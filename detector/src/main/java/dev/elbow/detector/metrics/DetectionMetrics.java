package dev.elbow.detector.metrics;

import dev.elbow.event.Episode;
import dev.elbow.event.RejectionReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the detector counts and measures, and the only place where a metric has a name.
 *
 * <p>The sums that hold, but for the record in hand and for records whose processing failed and is
 * repeated after a restart:
 *
 * <pre>
 *   elbow_observations_received_total = Σ_outcome elbow_observations_total{outcome}
 *   elbow_observations_total{outcome="rejected"}  = Σ_reason elbow_rejections_total{reason}
 *   elbow_observations_total{outcome="anomalous"} = Σ_entity elbow_anomalies_total{entity}
 *   elbow_score_nats_count = elbow_observations_total{outcome="normal"} + {outcome="anomalous"}
 *   elbow_episodes_open = elbow_episodes_started_total − Σ_reason elbow_episodes_ended_total{reason}
 * </pre>
 *
 * <p>The last holds of a detector that has neither taken over partitions with open episodes, as at
 * a restart, nor given any away; else of all detectors since the first start.
 *
 * <p>Records of the acknowledgements topic are in none of them, also where they are rejected; each
 * has one outcome in {@code elbow_acknowledgements_total}.
 *
 * <p>Labels are bounded: at most {@value #MAX_ENTITIES} entities have a series of their own, later
 * ones share {@code entity="other"}; and as many open episodes. Safe for use by several threads.
 */
public final class DetectionMetrics implements AutoCloseable {

  /** How many entities have a series of their own. */
  public static final int MAX_ENTITIES = 100;

  private static final String RECEIVED = "elbow.observations.received";
  private static final String OBSERVATIONS = "elbow.observations";
  private static final String REJECTIONS = "elbow.rejections";
  private static final String ANOMALIES = "elbow.anomalies";
  private static final String SENSORS_MISSING = "elbow.sensors.missing";
  private static final String SENSORS_EXTRA = "elbow.sensors.extra";
  private static final String ENTITIES_UNKNOWN = "elbow.entities.unknown";
  private static final String HISTORIES_READ = "elbow.histories.read";
  private static final String ENTITIES = "elbow.entities";
  private static final String ENTITIES_SILENT = "elbow.entities.silent";
  private static final String ENTITIES_WARMING_UP = "elbow.entities.warming.up";
  private static final String ENTITIES_SHIFTED = "elbow.entities.shifted";
  private static final String SENSORS_STUCK = "elbow.sensors.stuck";
  private static final String ACKNOWLEDGEMENTS = "elbow.acknowledgements";
  private static final String EPISODES_STARTED = "elbow.episodes.started";
  private static final String EPISODES_ENDED = "elbow.episodes.ended";
  private static final String EPISODES_OPEN = "elbow.episodes.open";
  private static final String EPISODE_ANOMALIES = "elbow.episode.anomalies";
  private static final String SCORE = "elbow_score_nats";
  private static final String SCORING = "elbow.scoring";
  private static final String LAG = "elbow.consumer.lag.records";
  private static final String MODEL_INFO = "elbow_model_info";
  private static final String MODEL_THRESHOLD = "elbow.model.threshold.nats";
  private static final String MODEL_THRESHOLD_SUPPORTED = "elbow.model.threshold.supported";
  private static final String MODEL_GOLDEN_ERROR = "elbow.model.golden.error.nats";
  private static final String MODEL_LOADS = "elbow.model.loads";
  private static final String MODEL_LOADED = "elbow.model.loaded.timestamp.seconds";
  private static final String MODELS_OPEN = "elbow.models.open";
  private static final String MODEL_ACTIVATIONS = "elbow.model.activations";
  private static final String MODEL_RECORDS_REFUSED = "elbow.model.records.refused";
  private static final String SESSIONS = "elbow.onnx.sessions";
  private static final String READY = "elbow.ready";

  /** A negative ELBO may well be below zero; what is usual depends on the number of sensors. */
  private static final double[] SCORE_BUCKETS = {
    -3000, -1000, -300, -100, -30, -10, -3, 0, 3, 10, 30, 100, 300, 1000, 3000, 10_000, 100_000
  };

  private static final Duration[] SCORING_BUCKETS =
      Arrays.stream(new long[] {10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 100_000})
          .mapToObj(micros -> Duration.ofNanos(1000 * micros))
          .toArray(Duration[]::new);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics garbageCollection = new JvmGcMetrics();
  private final Counter received = counter(RECEIVED, "Records read.");
  private final Counter normal = outcome("normal");
  private final Counter anomalous = outcome("anomalous");
  private final Counter rejected = outcome("rejected");
  private final Counter warmingUp = outcome("warming-up");
  private final Map<RejectionReason, Counter> rejections = new EnumMap<>(RejectionReason.class);
  private final Map<String, Counter> anomalies = new ConcurrentHashMap<>();
  private final Counter sensorsMissing =
      counter(SENSORS_MISSING, "Sensors of the model that an observation did not have.");
  private final Counter sensorsExtra =
      counter(SENSORS_EXTRA, "Sensors of an observation that the model does not know.");
  private final Counter entitiesUnknown =
      counter(ENTITIES_UNKNOWN, "Observations of an entity the model was not trained on.");
  private final Counter historiesRead =
      counter(HISTORIES_READ, "Histories of entities read from the stores into memory.");
  private final AtomicLong entitiesKnown = gauge(ENTITIES, "Entities that are remembered.");
  private final AtomicLong entitiesSilent =
      gauge(ENTITIES_SILENT, "Of these, those not heard of for too long.");
  private final AtomicLong entitiesWarmingUp =
      gauge(ENTITIES_WARMING_UP, "Of these, those whose newest row had too short a history.");
  private final AtomicLong entitiesShifted =
      gauge(ENTITIES_SHIFTED, "Of these, those whose level has moved, unacknowledged.");
  private final AtomicLong sensorsStuck =
      gauge(SENSORS_STUCK, "Sensors that read the same for longer than ever in training.");
  private final Counter acknowledgementsApplied = acknowledgements("applied");
  private final Counter nothingToAcknowledge = acknowledgements("nothing-to-acknowledge");
  private final Counter acknowledgementsRejected = acknowledgements("rejected");
  private final Counter episodesStarted = counter(EPISODES_STARTED, "Episodes that have begun.");
  private final Map<Episode.Reason, Counter> episodesEnded = new EnumMap<>(Episode.Reason.class);
  private final AtomicLong episodesOpen = gauge(EPISODES_OPEN, "Episodes that are not over.");
  private final Map<String, OpenEpisode> episodes = new ConcurrentHashMap<>();
  private final Counter modelsAccepted = modelLoads("accepted");
  private final Counter modelsRefused = modelLoads("refused");
  private final AtomicLong modelsOpen = gauge(MODELS_OPEN, "Models that are open.");
  private final Counter activationsInTime = activations("in-time");
  private final Counter activationsLate = activations("late");
  private final Counter modelRecordsRefused =
      counter(MODEL_RECORDS_REFUSED, "Records of the models topic that cannot be used.");

  private final Timer scoring =
      Timer.builder(SCORING)
          .description("Time to score a batch of records.")
          .serviceLevelObjectives(SCORING_BUCKETS)
          .register(registry);
  private final Histogram scores =
      Histogram.builder()
          .name(SCORE)
          .help("Negative ELBO of scored observations, in nats.")
          .classicUpperBounds(SCORE_BUCKETS)
          .withoutExemplars() // they need a library that Micrometer leaves out
          .register(registry.getPrometheusRegistry());
  private final Info modelInfo =
      Info.builder()
          .name(MODEL_INFO)
          .help("The bundle that scores.")
          .labelNames("bundle")
          .register(registry.getPrometheusRegistry());
  private volatile @Nullable ModelFacts model;

  /**
   * What is told of the model that scores.
   *
   * @param bundle its id
   * @param threshold in nats
   * @param thresholdSupported whether its held-out rows were enough for the false-alarm rate it is
   *     set for
   * @param goldenError the largest difference between a golden score and the score on this machine,
   *     in nats
   * @param loaded since when it scores
   */
  public record ModelFacts(
      String bundle,
      double threshold,
      boolean thresholdSupported,
      double goldenError,
      Instant loaded) {}

  /** The gauge of an entity that has an episode. */
  private record OpenEpisode(Gauge gauge, AtomicLong anomalies) {}

  /** Registers every metric, so that each is there from the first scrape on. */
  public DetectionMetrics() {
    for (Episode.Reason reason : Episode.Reason.values()) {
      episodesEnded.put(
          reason,
          counter(EPISODES_ENDED, "Episodes that are over, by why.", "reason", reason.code()));
    }
    for (RejectionReason reason : RejectionReason.values()) {
      rejections.put(
          reason, counter(REJECTIONS, "Records not scored, by reason.", "reason", reason.code()));
    }
    modelGauge(MODEL_THRESHOLD, "Above it an observation is an anomaly.", ModelFacts::threshold);
    modelGauge(
        MODEL_THRESHOLD_SUPPORTED,
        "Whether the bundle's held-out rows were enough for its false-alarm rate.",
        facts -> facts.thresholdSupported() ? 1 : 0);
    modelGauge(
        MODEL_GOLDEN_ERROR,
        "Largest difference between a golden score and the score on this machine.",
        ModelFacts::goldenError);
    modelGauge(
        MODEL_LOADED,
        "Since when the bundle scores.",
        facts -> facts.loaded().toEpochMilli() / 1000.0);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    garbageCollection.bindTo(registry);
  }

  /** So many records were read. */
  public void received(int records) {
    received.increment(records);
  }

  /**
   * An observation was scored and is normal.
   *
   * @param score in nats, finite
   */
  public void normal(double score) {
    normal.increment();
    scores.observe(score);
  }

  /**
   * An observation was scored and is an anomaly.
   *
   * @param score in nats, finite
   */
  public void anomalous(String entity, double score) {
    anomalous.increment();
    anomaliesOf(entity).increment();
    scores.observe(score);
  }

  /** A record was not scored. */
  public void rejected(RejectionReason reason) {
    rejected.increment();
    Objects.requireNonNull(rejections.get(reason), "registered for every reason").increment();
  }

  /** An observation was not scored: its entity has too short a history yet. */
  public void warmingUp() {
    warmingUp.increment();
  }

  /** So many entities more are remembered, or fewer. */
  public void entitiesKnown(int more) {
    entitiesKnown.addAndGet(more);
  }

  /** So many entities more are silent, or fewer. */
  public void entitiesSilent(int more) {
    entitiesSilent.addAndGet(more);
  }

  /** So many entities more are warming up, or fewer. */
  public void entitiesWarmingUp(int more) {
    entitiesWarmingUp.addAndGet(more);
  }

  /** So many entities more are shifted, or fewer. */
  public void entitiesShifted(int more) {
    entitiesShifted.addAndGet(more);
  }

  /**
   * An acknowledgement was read.
   *
   * @param applied whether there was a shift to acknowledge
   */
  public void acknowledged(boolean applied) {
    (applied ? acknowledgementsApplied : nothingToAcknowledge).increment();
  }

  /** A record of the acknowledgements topic was none. */
  public void acknowledgementRejected() {
    acknowledgementsRejected.increment();
  }

  /** So many sensors more are stuck, or fewer. */
  public void sensorsStuck(int more) {
    sensorsStuck.addAndGet(more);
  }

  /** An episode has begun. */
  public void episodeStarted() {
    episodesStarted.increment();
  }

  /** So many episodes more are open, or fewer. */
  public void episodesOpen(int more) {
    episodesOpen.addAndGet(more);
  }

  /** The open episode of an entity has so many anomalies by now. */
  public void episodeOpen(String entity, long soMany) {
    OpenEpisode open = episodes.get(entity);
    if (open == null) {
      open = episodes.size() < MAX_ENTITIES ? episodes.computeIfAbsent(entity, this::open) : null;
    }
    if (open != null) {
      open.anomalies().set(soMany);
    }
  }

  /** The episode of an entity is over. */
  public void episodeEnded(String entity, Episode.Reason reason) {
    Objects.requireNonNull(episodesEnded.get(reason), "registered for every reason").increment();
    episodeGone(entity);
  }

  /** The episode of an entity is over, or another detector goes on with it. */
  public void episodeGone(String entity) {
    OpenEpisode open = episodes.remove(entity);
    if (open != null) {
      registry.remove(open.gauge());
    }
  }

  /** An entity's history was read from the stores. */
  public void historyRead() {
    historiesRead.increment();
  }

  /** An observation lacked this many of the model's sensors, and had this many it does not know. */
  public void sensors(int missing, int extra) {
    sensorsMissing.increment(missing);
    sensorsExtra.increment(extra);
  }

  /** An observation came from an entity the model was not trained on. */
  public void entityUnknown() {
    entitiesUnknown.increment();
  }

  /** A batch was scored in that time. */
  public void scored(Duration took) {
    scoring.record(took);
  }

  /** A bundle passed the gate. */
  public void modelAccepted() {
    modelsAccepted.increment();
  }

  /** A bundle scores from now on, all but groups of entities that have their own. */
  public void modelScores(ModelFacts facts) {
    model = facts;
    modelInfo.setLabelValues(facts.bundle());
  }

  /** A bundle was refused. */
  public void modelRefused() {
    modelsRefused.increment();
  }

  /** So many models more are open, or fewer. */
  public void modelsOpen(int more) {
    modelsOpen.addAndGet(more);
  }

  /**
   * An activation is followed.
   *
   * @param late whether observations that it is for had been scored before
   */
  public void activated(boolean late) {
    (late ? activationsLate : activationsInTime).increment();
  }

  /** A record of the models topic cannot be used. */
  public void modelRecordRefused() {
    modelRecordsRefused.increment();
  }

  /**
   * Shows what can be asked of the running detector.
   *
   * @param lag records not yet read, of the partition with most; NaN while unknown
   * @param ready whether records are being scored
   */
  public void watch(DoubleSupplier lag, BooleanSupplier ready) {
    Gauge.builder(LAG, lag::getAsDouble)
        .description("Records not yet read, of the partition with most.")
        .strongReference(true)
        .register(registry);
    Gauge.builder(READY, () -> ready.getAsBoolean() ? 1 : 0)
        .description("Whether records are being scored.")
        .strongReference(true)
        .register(registry);
  }

  /**
   * Shows how many sessions of the networks are open.
   *
   * @param sessions of this process
   */
  public void watchSessions(IntSupplier sessions) {
    Gauge.builder(SESSIONS, sessions::getAsInt)
        .description(
            "Sessions of ONNX Runtime that hold native memory, two per member of a bundle.")
        .strongReference(true)
        .register(registry);
  }

  /**
   * All metrics in one of Prometheus's formats.
   *
   * @param accept the format asked for, as in the header of that name; a format that is not known
   *     gives the text format
   */
  String scrape(String accept) {
    return registry.scrape(accept);
  }

  @Override
  public void close() {
    garbageCollection.close();
    registry.close();
  }

  private OpenEpisode open(String entity) {
    AtomicLong count = new AtomicLong();
    Gauge gauge =
        Gauge.builder(EPISODE_ANOMALIES, count, AtomicLong::get)
            .description("Anomalies of the entity's open episode.")
            .tag("entity", entity)
            .register(registry);
    return new OpenEpisode(gauge, count);
  }

  private Counter anomaliesOf(String entity) {
    Counter own = anomalies.get(entity);
    if (own != null) {
      return own;
    }
    synchronized (anomalies) {
      String label = anomalies.size() < MAX_ENTITIES ? entity : "other";
      return label.equals(entity)
          ? anomalies.computeIfAbsent(entity, this::anomalyCounter)
          : anomalyCounter(label);
    }
  }

  private Counter anomalyCounter(String entity) {
    return counter(ANOMALIES, "Anomalies, by entity.", "entity", entity);
  }

  private Counter outcome(String outcome) {
    return counter(OBSERVATIONS, "Records by what became of them.", "outcome", outcome);
  }

  private Counter acknowledgements(String outcome) {
    return counter(
        ACKNOWLEDGEMENTS, "Acknowledgements by what became of them.", "outcome", outcome);
  }

  private Counter modelLoads(String outcome) {
    return counter(MODEL_LOADS, "Bundles that were tried.", "outcome", outcome);
  }

  private Counter activations(String outcome) {
    return counter(MODEL_ACTIVATIONS, "Activations that are followed.", "outcome", outcome);
  }

  private Counter counter(String name, String description, String... tags) {
    return Counter.builder(name).description(description).tags(tags).register(registry);
  }

  private AtomicLong gauge(String name, String description) {
    AtomicLong value = new AtomicLong();
    Gauge.builder(name, value, AtomicLong::get).description(description).register(registry);
    return value;
  }

  private void modelGauge(String name, String description, ToDoubleFunction<ModelFacts> value) {
    Gauge.builder(
            name,
            this,
            metrics -> {
              ModelFacts facts = metrics.model;
              return facts == null ? Double.NaN : value.applyAsDouble(facts);
            })
        .description(description)
        .register(registry);
  }
}
