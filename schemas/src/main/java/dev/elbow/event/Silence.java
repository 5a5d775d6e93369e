package dev.elbow.event;

import java.time.Duration;
import java.time.Instant;

/**
 * An entity that is no longer heard of, or is again: no record says that no records come. Beginning
 * and end of a silence have the same id.
 *
 * @param id of the last record before the silence
 * @param entity the machine
 * @param status whether the silence begins or ends
 * @param timestamp when it had lasted so long that it counts; at its end, the time of the record
 *     that ended it
 * @param lastHeard the time of the last record before it
 * @param usualStep the usual time from one record of the entity to the next
 * @param source the last record before it; at its end, the one that ended it
 */
public record Silence(
    String id,
    String entity,
    Status status,
    Instant timestamp,
    Instant lastHeard,
    Duration usualStep,
    Coordinates source)
    implements AnomalyEvent {

  /** Whether a silence begins or ends. */
  public enum Status {
    /** Nothing has been heard for too long. */
    SILENT,
    /** A record has come. */
    HEARD_AGAIN;

    /** In kebab case, as the JSON has it. */
    String code() {
      return Json.code(this);
    }
  }

  /**
   * Like the id of an {@link Anomaly}, with the status {@code silent} in the place of the model.
   *
   * @param lastHeard the last record before the silence
   */
  public static String idOf(Coordinates lastHeard) {
    return EventId.of(lastHeard, Status.SILENT.code());
  }
}
