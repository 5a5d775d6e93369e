package dev.elbow.identity;

import java.util.Optional;

/** Which Elbow made a bundle or an event, for whoever asks years later. */
public final class ElbowVersion {

  private static final String CURRENT =
      Optional.ofNullable(ElbowVersion.class.getPackage().getImplementationVersion())
          .orElse("development");

  private ElbowVersion() {}

  /** The version in the jar's manifest; {@code development} where the classes are in none. */
  public static String current() {
    return CURRENT;
  }
}
