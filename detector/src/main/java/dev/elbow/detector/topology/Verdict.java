package dev.elbow.detector.topology;

import dev.elbow.event.Anomaly;
import dev.elbow.event.Rejection;
import dev.elbow.event.WarmingUp;
import java.time.Duration;
import java.util.Optional;

/** What becomes of a record: exactly one of these. */
sealed interface Verdict {

  /**
   * It was scored and lies within what is usual.
   *
   * @param scored its score
   */
  record Normal(Scored scored) implements Verdict {}

  /**
   * It was scored and lies above the threshold.
   *
   * @param scored its score
   * @param anomaly the same with the sensors to blame
   * @param usualStep the usual time from one observation of the entity to the next, as far as known
   */
  record Anomalous(Scored scored, Anomaly anomaly, Optional<Duration> usualStep)
      implements Verdict {}

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
