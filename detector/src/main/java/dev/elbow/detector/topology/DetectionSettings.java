package dev.elbow.detector.topology;

import dev.elbow.scoring.ObservedShare;

/**
 * How records are judged.
 *
 * @param topics where from and where to
 * @param observationMaxBytes a record whose value is larger is rejected unread, at least 1
 * @param observedShare a record with fewer of the model's sensors is rejected
 * @param unknownEntities what to do with an entity that training did not see
 * @param historyRows how many rows of an entity are kept if its model looks back, at least 1; as
 *     many as the model looks on, if that is more
 * @param contributionsPerAnomaly how many sensors an anomaly names at most, at least 0
 */
public record DetectionSettings(
    Topics topics,
    int observationMaxBytes,
    ObservedShare observedShare,
    UnknownEntities unknownEntities,
    int historyRows,
    int contributionsPerAnomaly) {

  /** What to do with an entity that training did not see. */
  public enum UnknownEntities {
    /** Score it with the model there is, and count it. */
    SCORE,
    /** Reject it, and count it. */
    REJECT
  }
}
