package dev.elbow.event;

import java.time.Instant;
import java.util.Optional;

/**
 * Somebody has looked at the SHIFT of an entity and takes its present level for normal.
 *
 * @param entity the machine, not empty
 * @param timestamp when it was acknowledged
 * @param by who acknowledged it, for whoever asks later
 * @param note why, for the same
 */
public record Acknowledgement(
    String entity, Instant timestamp, Optional<String> by, Optional<String> note) {

  /**
   * @throws IllegalArgumentException if the entity is empty or longer than {@value
   *     ObservationJson#MAX_ENTITY_LENGTH} characters
   */
  public Acknowledgement {
    if (entity.isEmpty() || entity.length() > ObservationJson.MAX_ENTITY_LENGTH) {
      throw new IllegalArgumentException(
          "entity: expected 1 to %d characters, found %d"
              .formatted(ObservationJson.MAX_ENTITY_LENGTH, entity.length()));
    }
  }
}
