package dev.elbow.detector.topology;

import dev.elbow.event.Anomaly;
import dev.elbow.event.Rejection;
import dev.elbow.event.ScoreEvent;
import dev.elbow.event.WarmingUp;

/** What becomes of a record: exactly one of these. */
sealed interface Verdict {

  /**
   * It was scored and lies within what is usual.
   *
   * @param score its score
   */
  record Normal(ScoreEvent score) implements Verdict {}

  /**
   * It was scored and lies above the threshold.
   *
   * @param score its score
   * @param anomaly the same with the sensors to blame
   */
  record Anomalous(ScoreEvent score, Anomaly anomaly) implements Verdict {}

  /**
   * It was not scored, for too little is known of its entity yet; the next ones will be.
   *
   * @param event how much is known
   */
  record Warming(WarmingUp event) implements Verdict {}

  /**
   * It cannot be scored.
   *
   * @param rejection why
   */
  record Rejected(Rejection rejection) implements Verdict {}
}
