package dev.elbow.detector.topology;

import dev.elbow.detector.entity.Entities;
import dev.elbow.detector.entity.EntitySettings;
import dev.elbow.detector.entity.Partition;
import dev.elbow.detector.entity.SilenceRule;
import dev.elbow.detector.metrics.DetectionMetrics;
import dev.elbow.detector.models.Models;
import dev.elbow.detector.topology.DetectionSettings.UnknownEntities;
import dev.elbow.event.Coordinates;
import dev.elbow.event.ObservationFormat;
import dev.elbow.scoring.ObservedShare;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Judges the records of one partition once more, in this process and apart from any stream: by the
 * same {@link Judge} over the same {@link Entities} as a detector's task, but with stores on the
 * heap, of which nothing is known at first. It joins no group, commits nothing, sends nothing, and
 * what it counts is in no metric that anybody reads: a replay must not alert.
 *
 * <p>For use by one thread.
 */
public final class Rejudging implements AutoCloseable {

  /** As the detector's by default. */
  private static final int LARGEST_VALUE = 1 << 20;

  private static final int LEAST_ROWS = 128;

  /** Silences are not looked for, and nobody is forgotten. */
  private static final SilenceRule NEVER =
      new SilenceRule(0, Duration.ZERO, Duration.ofDays(36_500));

  private final Models.Hold models;
  private final DetectionMetrics uncounted = new DetectionMetrics();
  private final Entities entities;
  private final Findings findings = new Findings();
  private final Judge judge;
  private final Acknowledgements acknowledgements;

  /**
   * @param models what scores; not closed with this
   * @param partition whose records are judged
   * @param format how they are written
   * @param observedShare a record with fewer of the model's sensors is rejected
   */
  public Rejudging(
      Models.Hold models,
      Partition partition,
      ObservationFormat format,
      ObservedShare observedShare) {
    this.models = models;
    EntitySettings remembered = new EntitySettings(LEAST_ROWS, NEVER);
    this.entities = Entities.apart(partition, remembered, uncounted.entities());
    this.judge =
        new Judge(
            settings(format, observedShare, remembered),
            entities,
            findings,
            ScoringThreads.none(),
            uncounted);
    this.acknowledgements = new Acknowledgements(LARGEST_VALUE, entities, entity -> {}, uncounted);
  }

  private static DetectionSettings settings(
      ObservationFormat format, ObservedShare observedShare, EntitySettings remembered) {
    Topics none = new Topics("", "", "", Optional.empty(), Optional.empty(), Optional.empty());
    return new DetectionSettings(
        none, format, LARGEST_VALUE, observedShare, UnknownEntities.SCORE, remembered, 0);
  }

  /**
   * Takes a record of the acknowledgements topic, as it came between the records judged before and
   * those to come. One that is none changes nothing.
   */
  public void acknowledge(ConsumerRecord<byte[], byte[]> record) {
    var unused = acknowledgements.take(source(record), models);
  }

  /** Judges the next records of the partition, in the order of their offsets. */
  public List<Rejudged> judge(List<ConsumerRecord<byte[], byte[]>> records) {
    return judge.judge(records.stream().map(Rejudging::source).toList(), models).stream()
        .map(Judged::verdict)
        .map(Rejudging::told)
        .toList();
  }

  private static SourceRecord source(ConsumerRecord<byte[], byte[]> record) {
    return new SourceRecord(
        new Record<>(
            record.key(), record.value(), Math.max(0, record.timestamp()), record.headers()),
        new Coordinates(record.topic(), record.partition(), record.offset()));
  }

  private static Rejudged told(Verdict verdict) {
    if (verdict instanceof Verdict.Normal normal) {
      return told(normal.scored());
    }
    if (verdict instanceof Verdict.Anomalous anomalous) {
      return told(anomalous.scored());
    }
    return verdict instanceof Verdict.Warming warming
        ? new Rejudged.Warming(warming.event())
        : new Rejudged.Rejected(((Verdict.Rejected) verdict).rejection());
  }

  private static Rejudged told(Scored scored) {
    return new Rejudged.Score(
        scored.scoreEvent(), scored.missing(), scored.contributions(Integer.MAX_VALUE));
  }

  @Override
  public void close() {
    entities.close();
    uncounted.close();
  }
}
