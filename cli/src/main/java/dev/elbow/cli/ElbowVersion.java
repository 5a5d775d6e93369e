package dev.elbow.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version of the running code, from its jar's manifest. */
final class ElbowVersion implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {"elbow " + current()};
  }

  /** The version, or {@code development} where the classes do not come from a jar. */
  static String current() {
    return Optional.ofNullable(ElbowVersion.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
