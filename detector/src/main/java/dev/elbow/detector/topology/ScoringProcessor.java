package dev.elbow.detector.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.elbow.detector.entity.Entities;
import dev.elbow.detector.entity.HistoryMemory;
import dev.elbow.detector.metrics.DetectionMetrics;
import dev.elbow.detector.models.Models;
import dev.elbow.detector.packing.Frame;
import dev.elbow.event.AnomalyEvent;
import dev.elbow.event.AnomalyEventJson;
import dev.elbow.event.AnomalyJson;
import dev.elbow.event.Coordinates;
import dev.elbow.event.Rejection;
import dev.elbow.event.ScoreEventJson;
import dev.elbow.event.WarmingUpJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Judges each observation with the model that is active for it and sends what follows from the
 * verdict; and takes acknowledgements, which go into the same state of the same entities. The
 * observations of a {@linkplain dev.elbow.detector.packing.Frame frame} are judged together.
 *
 * <p>Nothing waits for the next call: when {@code process} returns, all that follows from its
 * records has been sent, and what must last is in the stores. So commits, rebalances and crashes
 * need no hook.
 */
public final class ScoringProcessor extends ContextualProcessor<byte[], byte[], byte[], Object> {

  /** How often it is looked whether time has gone by without records. */
  private static final Duration TICK = Duration.ofSeconds(1);

  private final DetectionSettings settings;
  private final Models models;
  private final HistoryMemory memory;
  private final RejectedRecords rejected;
  private final BooleanSupplier brokersAnswer;
  private final ScoringThreads threads;
  private final DetectionMetrics metrics;
  private @Nullable Task task;

  /** What belongs to one task, from {@link #init} on. */
  private record Task(
      Entities entities, Findings findings, Judge judge, Acknowledgements acknowledgements) {}

  /**
   * @param models gives the model for each record
   * @param memory for the histories of this processor's task and all others
   * @param rejected makes the records of the rejections topic
   * @param brokersAnswer whether what is sent is heard
   * @param threads help to score, this processor's task and all others
   */
  public ScoringProcessor(
      DetectionSettings settings,
      Models models,
      HistoryMemory memory,
      RejectedRecords rejected,
      BooleanSupplier brokersAnswer,
      ScoringThreads threads,
      DetectionMetrics metrics) {
    this.settings = settings;
    this.models = models;
    this.memory = memory;
    this.rejected = rejected;
    this.brokersAnswer = brokersAnswer;
    this.threads = threads;
    this.metrics = metrics;
  }

  /**
   * A task begins, perhaps not the first of this processor: what others held in memory is stale.
   */
  @Override
  public void init(ProcessorContext<byte[], Object> context) {
    super.init(context);
    Findings findings = new Findings();
    Entities entities =
        new Entities(
            context,
            settings.topics().observations(),
            settings.entities(),
            memory,
            metrics.entities(),
            findings::accept);
    task =
        new Task(
            entities,
            findings,
            new Judge(settings, entities, findings, threads, metrics),
            new Acknowledgements(
                settings.observationMaxBytes(),
                entities,
                entity -> note(new Noted.Acknowledged(entity)),
                metrics));
    context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, now -> tick());
  }

  @Override
  public void close() {
    if (task != null) {
      task.entities().close();
    }
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    Coordinates coordinates = coordinates();
    Optional<Frame> frame = Frame.in(record.headers());
    List<SourceRecord> sources =
        frame
            .map(packed -> SourceRecord.allOf(packed, coordinates))
            .orElseGet(() -> List.of(new SourceRecord(record, coordinates)));
    if (coordinates.topic().equals(settings.topics().observations())) {
      score(sources);
    } else {
      sources.forEach(this::acknowledge);
    }
    frame.ifPresent(Frame::release); // not before: after a timeout it is processed again
  }

  private void score(List<SourceRecord> sources) {
    metrics.received(sources.size());
    List<Judged> judged;
    try (Models.Hold held = models.hold()) {
      judged = task().judge().judge(sources, held);
    }
    for (Judged one : judged) {
      one.beside().forEach(this::tell);
      send(one.source(), one.verdict());
    }
    Instant now = Instant.ofEpochMilli(context().currentSystemTimeMs());
    note(new Noted.Verdicts(judged, now));
  }

  /** Passes it on to where episodes are followed. */
  private void note(Noted noted) {
    if (settings.topics().episodes().isPresent()) {
      context().forward(new Record<>(new byte[0], noted, 0), DetectionTopology.FOLLOWING);
    }
  }

  private void acknowledge(SourceRecord source) {
    Optional<Rejection> rejection;
    try (Models.Hold held = models.hold()) {
      rejection = task().acknowledgements().take(source, held);
    }
    rejection.ifPresent(
        unfit -> {
          reject(source, unfit);
          metrics.acknowledgementRejected();
        });
  }

  /** While no broker answers, nothing can be heard, and nobody is silent for that. */
  private void tick() {
    if (brokersAnswer.getAsBoolean()) {
      task().entities().tick(TICK);
      task().findings().take().forEach(this::tell);
    }
  }

  private Task task() {
    return Objects.requireNonNull(task, "init comes before process");
  }

  private void send(SourceRecord source, Verdict verdict) {
    if (verdict instanceof Verdict.Normal normal) {
      sendScore(source, normal.scored());
      metrics.normal(normal.scored().score());
    } else if (verdict instanceof Verdict.Anomalous anomalous) {
      sendScore(source, anomalous.scored());
      byte[] key = anomalous.anomaly().entity().getBytes(UTF_8);
      byte[] value = AnomalyJson.encode(anomalous.anomaly());
      context().forward(new Record<>(key, value, timestamp(source)), DetectionTopology.ANOMALIES);
      metrics.anomalous(anomalous.anomaly().entity(), anomalous.scored().score());
    } else if (verdict instanceof Verdict.Warming warming) {
      sendScore(source, warming.event().entity(), () -> WarmingUpJson.encode(warming.event()));
      metrics.warmingUp();
    } else if (verdict instanceof Verdict.Rejected unfit) {
      reject(source, unfit.rejection());
      metrics.rejected(unfit.rejection().reason());
    }
  }

  private void reject(SourceRecord source, Rejection rejection) {
    context()
        .forward(
            rejected.of(source, rejection).withTimestamp(timestamp(source)),
            DetectionTopology.REJECTIONS);
  }

  private void tell(AnomalyEvent event) {
    long timestamp = Math.max(0, event.timestamp().toEpochMilli());
    context()
        .forward(
            new Record<>(
                event.entity().getBytes(UTF_8),
                AnomalyEventJson.encode(event),
                Math.min(timestamp, context().currentSystemTimeMs())),
            DetectionTopology.ANOMALIES);
  }

  private void sendScore(SourceRecord source, Scored scored) {
    sendScore(source, scored.entity(), () -> ScoreEventJson.encode(scored.scoreEvent()));
  }

  private void sendScore(SourceRecord source, String entity, Supplier<byte[]> json) {
    if (settings.topics().scores().isPresent()) {
      Record<byte[], byte[]> record =
          new Record<>(entity.getBytes(UTF_8), json.get(), timestamp(source));
      context().forward(record, DetectionTopology.SCORES);
    }
  }

  /**
   * Brokers refuse records that claim to come from more than an hour ahead ({@code
   * message.timestamp.after.max.ms}); one such observation would stop the stream for good. The
   * event itself keeps the observation's timestamp.
   */
  private long timestamp(SourceRecord source) {
    return Math.min(source.record().timestamp(), context().currentSystemTimeMs());
  }

  private Coordinates coordinates() {
    RecordMetadata metadata =
        context()
            .recordMetadata()
            .orElseThrow(() -> new IllegalStateException("a record without coordinates"));
    return new Coordinates(metadata.topic(), metadata.partition(), metadata.offset());
  }
}
