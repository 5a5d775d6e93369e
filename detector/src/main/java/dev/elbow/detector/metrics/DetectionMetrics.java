package dev.elbow.detector.metrics;

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
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;

/**
 * What the detector counts and measures: of its records here, and of what is around them in the
 * parts. Only in this package a metric has a name.
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
  private static final String ACKNOWLEDGEMENTS = "elbow.acknowledgements";
  private static final String SCORE = "elbow_score_nats";
  private static final String SCORING = "elbow.scoring";
  private static final String LAG = "elbow.consumer.lag.records";
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
  private final Meters meters = new Meters(registry);
  private final JvmGcMetrics garbageCollection = new JvmGcMetrics();
  private final Counter received = meters.counter(RECEIVED, "Records read.");
  private final Counter normal = outcome("normal");
  private final Counter anomalous = outcome("anomalous");
  private final Counter rejected = outcome("rejected");
  private final Counter warmingUp = outcome("warming-up");
  private final Map<RejectionReason, Counter> rejections = new EnumMap<>(RejectionReason.class);
  private final Map<String, Counter> anomalies = new ConcurrentHashMap<>();
  private final Counter sensorsMissing =
      meters.counter(SENSORS_MISSING, "Sensors of the model that an observation did not have.");
  private final Counter sensorsExtra =
      meters.counter(SENSORS_EXTRA, "Sensors of an observation that the model does not know.");
  private final Counter entitiesUnknown =
      meters.counter(ENTITIES_UNKNOWN, "Observations of an entity the model was not trained on.");
  private final Counter acknowledgementsApplied = acknowledgements("applied");
  private final Counter nothingToAcknowledge = acknowledgements("nothing-to-acknowledge");
  private final Counter acknowledgementsRejected = acknowledgements("rejected");
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
  private final EntityMetrics entities = new EntityMetrics(meters);
  private final EpisodeMetrics episodes = new EpisodeMetrics(meters);
  private final ModelMetrics models = new ModelMetrics(meters);

  /** Registers every metric, so that each is there from the first scrape on. */
  public DetectionMetrics() {
    for (RejectionReason reason : RejectionReason.values()) {
      rejections.put(
          reason,
          meters.counter(REJECTIONS, "Records not scored, by reason.", "reason", reason.code()));
    }
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

  /** How many entities there are, and how they stand. */
  public EntityMetrics entities() {
    return entities;
  }

  /** Episodes that have begun, are open and are over. */
  public EpisodeMetrics episodes() {
    return episodes;
  }

  /** Which model scores, and what has become of others. */
  public ModelMetrics models() {
    return models;
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
    return meters.counter(ANOMALIES, "Anomalies, by entity.", "entity", entity);
  }

  private Counter outcome(String outcome) {
    return meters.counter(OBSERVATIONS, "Records by what became of them.", "outcome", outcome);
  }

  private Counter acknowledgements(String outcome) {
    return meters.counter(
        ACKNOWLEDGEMENTS, "Acknowledgements by what became of them.", "outcome", outcome);
  }
}
