package dev.elbow.detector.topology;

import dev.elbow.detector.entity.EntitySettings;
import dev.elbow.event.ObservationFormat;
import dev.elbow.scoring.ObservedShare;

/**
 * How records are judged.
 *
 * @param topics where from and where to
 * @param format how observations are written
 * @param observationMaxBytes a record whose value is larger is rejected unread, at least 1
 * @param observedShare a record with fewer of the model's sensors is rejected
 * @param unknownEntities what to do with an entity that training did not see
 * @param entities what is remembered of entities
 * @param contributionsPerAnomaly how many sensors an anomaly names at most, at least 0
 */
public record DetectionSettings(
    Topics topics,
    ObservationFormat format,
    int observationMaxBytes,
    ObservedShare observedShare,
    UnknownEntities unknownEntities,
    EntitySettings entities,
    int contributionsPerAnomaly) {

  /** What to do with an entity that training did not see. */
  public enum UnknownEntities {
    /** Score it with the model there is, and count it. */
    SCORE,
    /** Reject it, and count it. */
    REJECT
  }
}
