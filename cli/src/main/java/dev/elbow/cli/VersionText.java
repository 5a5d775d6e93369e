package dev.elbow.cli;

import dev.elbow.identity.ElbowVersion;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says. */
final class VersionText implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {"elbow " + ElbowVersion.current()};
  }
}
