package dev.elbow.detector.topology;

import java.time.Instant;
import java.util.List;

/** What is passed on to the processor that follows episodes. */
sealed interface Noted {

  /**
   * Records were judged.
   *
   * @param judged in their order
   * @param at the detector's own time
   */
  record Verdicts(List<Judged> judged, Instant at) implements Noted {}

  /**
   * Somebody has acknowledged an entity.
   *
   * @param entity which, whether it is known or not
   */
  record Acknowledged(String entity) implements Noted {}
}
