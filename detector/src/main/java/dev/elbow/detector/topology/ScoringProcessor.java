package dev.elbow.detector.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.elbow.detector.metrics.DetectionMetrics;
import dev.elbow.detector.models.ActiveModel;
import dev.elbow.event.AnomalyJson;
import dev.elbow.event.Coordinates;
import dev.elbow.event.ScoreEvent;
import dev.elbow.event.ScoreEventJson;
import java.util.List;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Judges each record with the model that is active and sends what follows from the verdict.
 *
 * <p>Nothing is kept from one record to the next, so commits, rebalances and crashes need no hook.
 */
public final class ScoringProcessor extends ContextualProcessor<byte[], byte[], byte[], byte[]> {

  private final Judge judge;
  private final ActiveModel models;
  private final RejectedRecords rejected;
  private final DetectionMetrics metrics;
  private final boolean everyScore;

  /**
   * @param models gives the model for each record
   * @param rejected makes the records of the rejections topic
   */
  public ScoringProcessor(
      DetectionSettings settings,
      ActiveModel models,
      RejectedRecords rejected,
      DetectionMetrics metrics) {
    this.judge = new Judge(settings, metrics);
    this.models = models;
    this.rejected = rejected;
    this.metrics = metrics;
    this.everyScore = settings.topics().scores().isPresent();
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    metrics.received();
    SourceRecord source = new SourceRecord(record, coordinates());
    List<Verdict> verdicts;
    try (ActiveModel.Lease lease = models.lease()) {
      verdicts = judge.judge(List.of(source), lease.model());
    }
    send(source, verdicts.get(0));
  }

  private void send(SourceRecord source, Verdict verdict) {
    if (verdict instanceof Verdict.Normal normal) {
      sendScore(source, normal.score());
      metrics.normal(normal.score().summary().score());
    } else if (verdict instanceof Verdict.Anomalous anomalous) {
      sendScore(source, anomalous.score());
      byte[] key = anomalous.anomaly().entity().getBytes(UTF_8);
      byte[] value = AnomalyJson.encode(anomalous.anomaly());
      context().forward(new Record<>(key, value, timestamp(source)), DetectionTopology.ANOMALIES);
      metrics.anomalous(anomalous.anomaly().entity(), anomalous.score().summary().score());
    } else if (verdict instanceof Verdict.Rejected unfit) {
      context()
          .forward(
              rejected.of(source, unfit.rejection()).withTimestamp(timestamp(source)),
              DetectionTopology.REJECTIONS);
      metrics.rejected(unfit.rejection().reason());
    }
  }

  private void sendScore(SourceRecord source, ScoreEvent score) {
    if (everyScore) {
      context()
          .forward(
              new Record<>(
                  score.entity().getBytes(UTF_8), ScoreEventJson.encode(score), timestamp(source)),
              DetectionTopology.SCORES);
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
