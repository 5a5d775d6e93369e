package dev.elbow.detector.topology;

import java.util.Optional;

/** Which detector says so, for whoever asks years later. */
final class DetectorVersion {

  private static final String CURRENT =
      Optional.ofNullable(DetectorVersion.class.getPackage().getImplementationVersion())
          .orElse("development");

  private DetectorVersion() {}

  /** The version in the jar's manifest; {@code development} where the classes are in none. */
  static String current() {
    return CURRENT;
  }
}
