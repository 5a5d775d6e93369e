package dev.elbow.detector.replay;

import dev.elbow.bundle.ModelBundle;
import dev.elbow.detector.entity.Partition;
import dev.elbow.detector.models.LoadedModel;
import dev.elbow.detector.topology.Rejudged;
import dev.elbow.detector.topology.Rejudging;
import dev.elbow.event.Anomaly;
import dev.elbow.event.Coordinates;
import dev.elbow.event.ObservationFormat;
import dev.elbow.input.InvalidInputException;
import dev.elbow.scoring.ObservedShare;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Whether an anomaly's numbers hold: its record and the entity's rows before it are read again from
 * their topic and judged by the model that the anomaly names, with the detector's own code.
 *
 * @param anomaly what was published
 * @param rowsBefore of the same entity, judged before it
 * @param enoughRows whether these are all that could matter
 * @param tolerance how far the score and its parts may differ, in nats
 * @param findings field by field
 */
public record Verification(
    Anomaly anomaly, int rowsBefore, boolean enoughRows, double tolerance, List<Finding> findings) {

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
   * Reads and judges again.
   *
   * @param bundle the one that the anomaly names
   * @param format how the observations are written
   * @param observedShare as the detector was set
   * @param since the first offset of the partition that the model judged, if it is known
   * @throws InvalidInputException if it is another bundle, it does not pass the gate, or the source
   *     record is no longer there
   */
  public static Verification of(
      TopicRecords records,
      Anomaly anomaly,
      ModelBundle bundle,
      ObservationFormat format,
      ObservedShare observedShare,
      Optional<Long> since) {
    if (!bundle.id().equals(anomaly.model())) {
      throw new InvalidInputException(
          "anomaly %s is of model %s; found model %s"
              .formatted(anomaly.id(), anomaly.model(), bundle.id()));
    }
    Coordinates source = anomaly.source();
    SourceRows rows = SourceRows.of(records, source, anomaly.entity(), bundle, format, since);
    try (LoadedModel model = LoadedModel.open(bundle);
        Rejudging rejudging =
            new Rejudging(
                model, new Partition(source.topic(), source.partition()), format, observedShare)) {
      return new Verification(
          anomaly,
          rows.records().size() - 1,
          rows.areEnough(),
          Comparison.tolerance(bundle, anomaly.summary().score()),
          Comparison.of(anomaly, last(rejudging, rows.records()), bundle));
    }
  }

  private static Rejudged last(Rejudging rejudging, List<ConsumerRecord<byte[], byte[]>> records) {
    List<Rejudged> judged = List.of();
    for (int from = 0; from < records.size(); from += BATCH) {
      judged = rejudging.judge(records.subList(from, Math.min(from + BATCH, records.size())));
    }
    return judged.get(judged.size() - 1);
  }
}
