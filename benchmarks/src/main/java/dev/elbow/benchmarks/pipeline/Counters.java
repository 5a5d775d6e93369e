package dev.elbow.benchmarks.pipeline;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** What a detector on this machine counts, as its operations port shows it. */
final class Counters {

  /** Records that it has judged, but for those in hand. */
  static final String RECEIVED = "elbow_observations_received_total";

  private final URI metrics;
  private final HttpClient http = HttpClient.newHttpClient();

  /**
   * @param port of its operations server
   */
  Counters(int port) {
    this.metrics = URI.create("http://127.0.0.1:" + port + "/metrics");
  }

  /**
   * The value of a counter.
   *
   * @param series name and labels, as they are shown
   * @throws IOException if the detector does not answer
   */
  long of(String series) throws IOException {
    return page()
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(series.length() + 1)))
        .sum();
  }

  /** A server that is starved of time may close a connection as it is used again. */
  private String page() throws IOException {
    try {
      return ask();
    } catch (IOException closed) {
      return ask();
    }
  }

  private String ask() throws IOException {
    try {
      HttpRequest request = HttpRequest.newBuilder(metrics).build();
      return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the detector was measured", e);
    }
  }
}
