package dev.elbow.event;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * From a time on a bundle scores the observations of a group of entities.
 *
 * @param bundle its id; empty if the group is to have no bundle of its own from then on
 * @param effectiveFrom of observations, not of clocks: it applies to those of that time and later
 * @param entities whose observations
 */
public record Activation(Optional<String> bundle, Instant effectiveFrom, EntityGroup entities) {

  /** Earlier than any observation can be. */
  public static final Instant ALWAYS = Instant.parse("0000-01-01T00:00:00Z");

  private static final Pattern BUNDLE = Pattern.compile("[0-9a-f]{64}");

  /**
   * @throws IllegalArgumentException if the bundle is not 64 lower-case hexadecimal digits
   */
  public Activation {
    bundle.filter(id -> !isBundleId(id)).ifPresent(Activation::refuse);
  }

  /** Whether a text can be a bundle's id. */
  public static boolean isBundleId(String text) {
    return BUNDLE.matcher(text).matches();
  }

  private static void refuse(String id) {
    throw new IllegalArgumentException(
        "bundle: expected an id of 64 lower-case hexadecimal digits, found " + id);
  }
}
