package dev.elbow.event;

import java.time.Instant;

/**
 * An observation that was not scored because too few of its entity's rows are known yet, for those
 * who ask for every score. It has no score, not even 0.
 *
 * @param entity the machine
 * @param timestamp when it was observed
 * @param known how many of the rows the model looks on are known, this one among them
 * @param needed how many there must be
 * @param model id of the bundle that will score
 * @param source the record it was read from
 */
public record WarmingUp(
    String entity, Instant timestamp, int known, int needed, String model, Coordinates source) {

  /**
   * @throws IllegalArgumentException unless at least one row is known and more are needed
   */
  public WarmingUp {
    if (known < 1 || known >= needed) {
      throw new IllegalArgumentException(
          "warming up: expected 1 to %d known rows, found %d".formatted(needed - 1, known));
    }
  }
}
