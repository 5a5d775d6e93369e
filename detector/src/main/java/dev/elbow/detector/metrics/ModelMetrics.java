package dev.elbow.detector.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.prometheus.metrics.core.metrics.Info;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Which model scores, and what has become of others. Safe for use by several threads. */
public final class ModelMetrics {

  private static final String INFO = "elbow_model_info";
  private static final String THRESHOLD = "elbow.model.threshold.nats";
  private static final String THRESHOLD_SUPPORTED = "elbow.model.threshold.supported";
  private static final String GOLDEN_ERROR = "elbow.model.golden.error.nats";
  private static final String LOADS = "elbow.model.loads";
  private static final String LOADED = "elbow.model.loaded.timestamp.seconds";
  private static final String OPEN = "elbow.models.open";
  private static final String ACTIVATIONS = "elbow.model.activations";
  private static final String RECORDS_REFUSED = "elbow.model.records.refused";
  private static final String SESSIONS = "elbow.onnx.sessions";

  private final Meters meters;
  private final Counter accepted;
  private final Counter refused;
  private final AtomicLong open;
  private final Counter activatedInTime;
  private final Counter activatedLate;
  private final Counter recordsRefused;
  private final Info info;
  private volatile @Nullable ModelFacts scoring;

  ModelMetrics(Meters meters) {
    this.meters = meters;
    accepted = loads("accepted");
    refused = loads("refused");
    open = meters.gauge(OPEN, "Models that are open.");
    activatedInTime = activations("in-time");
    activatedLate = activations("late");
    recordsRefused =
        meters.counter(RECORDS_REFUSED, "Records of the models topic that cannot be used.");
    info =
        Info.builder()
            .name(INFO)
            .help("The bundle that scores.")
            .labelNames("bundle")
            .register(meters.registry().getPrometheusRegistry());
    gauge(THRESHOLD, "Above it an observation is an anomaly.", ModelFacts::threshold);
    gauge(
        THRESHOLD_SUPPORTED,
        "Whether the bundle's held-out rows were enough for its false-alarm rate.",
        facts -> facts.thresholdSupported() ? 1 : 0);
    gauge(
        GOLDEN_ERROR,
        "Largest difference between a golden score and the score on this machine.",
        ModelFacts::goldenError);
    gauge(LOADED, "Since when the bundle scores.", facts -> facts.loaded().toEpochMilli() / 1000.0);
  }

  private Counter loads(String outcome) {
    return meters.counter(LOADS, "Bundles that were tried.", "outcome", outcome);
  }

  private Counter activations(String outcome) {
    return meters.counter(ACTIVATIONS, "Activations that are followed.", "outcome", outcome);
  }

  private void gauge(String name, String description, ToDoubleFunction<ModelFacts> value) {
    Gauge.builder(
            name,
            this,
            metrics -> {
              ModelFacts facts = metrics.scoring;
              return facts == null ? Double.NaN : value.applyAsDouble(facts);
            })
        .description(description)
        .register(meters.registry());
  }

  /** A bundle passed the gate. */
  public void accepted() {
    accepted.increment();
  }

  /** A bundle scores from now on, all but groups of entities that have their own. */
  public void scores(ModelFacts facts) {
    scoring = facts;
    info.setLabelValues(facts.bundle());
  }

  /** A bundle was refused. */
  public void refused() {
    refused.increment();
  }

  /** So many models more are open, or fewer. */
  public void open(int more) {
    open.addAndGet(more);
  }

  /**
   * An activation is followed.
   *
   * @param late whether observations that it is for had been scored before
   */
  public void activated(boolean late) {
    (late ? activatedLate : activatedInTime).increment();
  }

  /** A record of the models topic cannot be used. */
  public void recordRefused() {
    recordsRefused.increment();
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
        .register(meters.registry());
  }
}
