package dev.elbow.benchmarks.pipeline;

import dev.elbow.detector.Detector;
import dev.elbow.detector.DetectorConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;

/** The detector as it is shipped, told of by its own metrics. */
public final class RunningDetector implements AutoCloseable {

  private static final String RECEIVED = "elbow_observations_received_total";

  private final Detector detector;
  private final HttpClient http = HttpClient.newHttpClient();

  /** Starts one with these settings; those not given have their defaults. */
  RunningDetector(Map<String, String> settings) {
    detector = Detector.start(DetectorConfig.read(Optional.empty(), Map.of(), settings));
  }

  boolean ready() {
    return detector.ready();
  }

  /** How many records it has judged, but for those in hand. */
  long done() {
    return counted(RECEIVED);
  }

  /**
   * What a counter of its metrics says.
   *
   * @param series name and labels, as they are shown
   */
  public long counted(String series) {
    URI uri = URI.create("http://127.0.0.1:" + detector.opsPort() + "/metrics");
    try {
      String metrics =
          http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
              .body();
      return metrics
          .lines()
          .filter(line -> line.startsWith(series + " "))
          .mapToLong(line -> (long) Double.parseDouble(line.substring(series.length() + 1)))
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException("the detector's metrics cannot be read", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the detector was measured", e);
    }
  }

  @Override
  public void close() {
    detector.close();
  }
}
