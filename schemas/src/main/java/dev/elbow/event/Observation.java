package dev.elbow.event;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the sensors of one machine read at one moment.
 *
 * <p>A sensor that is missing is absent from the map: neither zero nor NaN.
 *
 * @param entity the machine, not empty
 * @param timestamp when it was observed
 * @param values sensor name to value in engineering units, finite; iterates in the order given,
 *     unmodifiable
 */
public record Observation(String entity, Instant timestamp, Map<String, Double> values) {

  /** The entity of an observation that names none. */
  public static final String DEFAULT_ENTITY = "default";

  /**
   * @throws IllegalArgumentException if the entity is empty or a value is not finite
   */
  public Observation {
    if (entity.isEmpty()) {
      throw new IllegalArgumentException("entity: expected a name, found an empty string");
    }
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    values.forEach(
        (sensor, value) -> {
          if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                "sensor %s: expected a finite number, found %s".formatted(sensor, value));
          }
        });
  }
}
