package dev.elbow.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** How the detector of a benchmark is set, beyond what the benchmark needs. */
public final class DetectorOptions {

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Any setting of the detector. Can be given several times.")
  private Map<String, String> settings = new LinkedHashMap<>();

  /** By their keys. */
  public Map<String, String> settings() {
    return Map.copyOf(settings);
  }
}
