package dev.elbow.detector.replay;

import dev.elbow.bundle.ModelBundle;
import dev.elbow.detector.entity.Partition;
import dev.elbow.detector.models.LoadedModel;
import dev.elbow.detector.models.ModelSchedule;
import dev.elbow.detector.models.Models;
import dev.elbow.detector.modeltopic.PublishedModels;
import dev.elbow.detector.topology.Rejudged;
import dev.elbow.detector.topology.Rejudging;
import dev.elbow.event.Anomaly;
import dev.elbow.event.Coordinates;
import dev.elbow.input.InvalidInputException;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Whether an anomaly's numbers hold: its record and the entity's rows before it are read again from
 * their topic and judged by the model that the anomaly names, with the detector's own code.
 *
 * @param anomaly what was published
 * @param inItsPlace the bundle that the models topic by now has for the record, if it has another
 * @param rowsBefore of the same entity, judged before it
 * @param enoughRows whether these are all that could matter
 * @param tolerance how far the score and its parts may differ, in nats
 * @param findings field by field
 */
public record Verification(
    Anomaly anomaly,
    Optional<String> inItsPlace,
    int rowsBefore,
    boolean enoughRows,
    double tolerance,
    List<Finding> findings) {

  /** Records judged at a time. */
  private static final int BATCH = 256;

  /** Copies the list. */
  public Verification {
    findings = List.copyOf(findings);
  }

  /** What does not hold. */
  public List<Finding> differences() {
    return findings.stream().filter(finding -> !finding.holds()).toList();
  }

  /**
   * Reads and judges again, all rows by one bundle.
   *
   * @param bundle the one that the anomaly names
   * @throws InvalidInputException if it is another bundle, it does not pass the gate, or the source
   *     record is no longer there
   */
  public static Verification of(
      TopicRecords records, Anomaly anomaly, ModelBundle bundle, Circumstances circumstances) {
    return of(records, anomaly, bundle, Optional.empty(), circumstances);
  }

  /**
   * Reads and judges again, each row by the bundle that the models topic has for it: where the one
   * that the anomaly names had taken over shortly before, its averages begin there. If the topic
   * has another for the record by now, because an activation came late, all rows are judged by the
   * bundle that is named.
   *
   * @throws InvalidInputException if the topic does not have the bundle that the anomaly names, it
   *     does not pass the gate, or the source record is no longer there
   */
  public static Verification of(
      TopicRecords records, Anomaly anomaly, PublishedModels models, Circumstances circumstances) {
    ModelBundle bundle = models.bundle(anomaly.model());
    try (ModelSchedule schedule = models.schedule(anomaly.entity(), anomaly.timestamp());
        Models.Hold scheduled = schedule.hold()) {
      Optional<String> named =
          scheduled.of(anomaly.entity(), anomaly.timestamp()).map(LoadedModel::id);
      return named.equals(Optional.of(bundle.id()))
          ? of(records, anomaly, bundle, scheduled, named, circumstances)
          : of(records, anomaly, bundle, named, circumstances);
    }
  }

  private static Verification of(
      TopicRecords records,
      Anomaly anomaly,
      ModelBundle bundle,
      Optional<String> scheduled,
      Circumstances circumstances) {
    if (!bundle.id().equals(anomaly.model())) {
      throw new InvalidInputException(
          "anomaly %s is of model %s; found model %s"
              .formatted(anomaly.id(), anomaly.model(), bundle.id()));
    }
    try (LoadedModel model = LoadedModel.open(bundle)) {
      return of(records, anomaly, bundle, Models.Hold.of(model), scheduled, circumstances);
    }
  }

  private static Verification of(
      TopicRecords records,
      Anomaly anomaly,
      ModelBundle bundle,
      Models.Hold models,
      Optional<String> scheduled,
      Circumstances circumstances) {
    Coordinates source = anomaly.source();
    ReplayedAcknowledgements acknowledgements =
        circumstances
            .acknowledgements()
            .map(topic -> acknowledgements(records, topic, anomaly))
            .orElseGet(ReplayedAcknowledgements::none);
    SourceRows rows =
        SourceRows.of(
            records, source, anomaly.entity(), bundle, circumstances, acknowledgements.first());
    try (Rejudging rejudging =
        new Rejudging(
            models,
            new Partition(source.topic(), source.partition()),
            circumstances.format(),
            circumstances.observedShare())) {
      Rejudged again = last(rejudging, acknowledgements, rows.records());
      return new Verification(
          anomaly,
          scheduled.filter(id -> !id.equals(bundle.id())),
          rows.records().size() - 1,
          rows.areEnough(),
          Comparison.tolerance(bundle, anomaly.summary().score()),
          Comparison.of(anomaly, again, bundle));
    }
  }

  private static ReplayedAcknowledgements acknowledgements(
      TopicRecords records, String topic, Anomaly anomaly) {
    TopicPartition partition =
        new TopicPartition(anomaly.source().topic(), anomaly.source().partition());
    return ReplayedAcknowledgements.read(records, topic, partition, Optional.of(anomaly.entity()));
  }

  private static Rejudged last(
      Rejudging rejudging,
      ReplayedAcknowledgements acknowledgements,
      List<ConsumerRecord<byte[], byte[]>> records) {
    List<Rejudged> judged = List.of();
    for (int from = 0; from < records.size(); from += BATCH) {
      int to = Math.min(from + BATCH, records.size());
      judged = acknowledgements.judge(rejudging, records.subList(from, to));
    }
    return judged.get(judged.size() - 1);
  }
}
