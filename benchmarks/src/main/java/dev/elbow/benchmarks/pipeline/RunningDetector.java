package dev.elbow.benchmarks.pipeline;

import dev.elbow.detector.Detector;
import dev.elbow.detector.DetectorConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;

/** The detector as it is shipped, told of by its own metrics. */
public final class RunningDetector implements AutoCloseable {

  private final Detector detector;
  private final Counters counters;

  /** Starts one with these settings; those not given have their defaults. */
  RunningDetector(Map<String, String> settings) {
    detector = Detector.start(DetectorConfig.read(Optional.empty(), Map.of(), settings));
    counters = new Counters(detector.opsPort());
  }

  boolean ready() {
    return detector.ready();
  }

  /** How many records it has judged, but for those in hand. */
  long done() {
    return counted(Counters.RECEIVED);
  }

  /**
   * What a counter of its metrics says.
   *
   * @param series name and labels, as they are shown
   */
  public long counted(String series) {
    try {
      return counters.of(series);
    } catch (IOException e) {
      throw new UncheckedIOException("the detector's metrics cannot be read", e);
    }
  }

  @Override
  public void close() {
    detector.close();
  }
}
