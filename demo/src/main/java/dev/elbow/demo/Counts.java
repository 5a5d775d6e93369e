package dev.elbow.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/**
 * What the detector says it has done, read from its metrics as Prometheus reads them.
 *
 * @param received observations it has taken up
 * @param normal those at or below the threshold
 * @param anomalous those above it
 * @param warmingUp those whose machine had too short a history to be scored
 * @param rejected those that could not be scored
 * @param episodes alarms that the anomalies make up
 */
public record Counts(
    long received, long normal, long anomalous, long warmingUp, long rejected, long episodes) {

  /** Whether every observation received has one outcome. */
  public boolean addUp() {
    return received == normal + anomalous + warmingUp + rejected;
  }

  /**
   * Scrapes.
   *
   * @throws IOException if there is no answer, or not the expected one
   */
  static Counts scrape(HttpClient http, URI metrics) throws IOException, InterruptedException {
    return parse(
        http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString()).body());
  }

  /**
   * Reads Prometheus's text format.
   *
   * @throws IOException if a figure is missing
   */
  static Counts parse(String metrics) throws IOException {
    return new Counts(
        value(metrics, "elbow_observations_received_total"),
        value(metrics, "elbow_observations_total{outcome=\"normal\"}"),
        value(metrics, "elbow_observations_total{outcome=\"anomalous\"}"),
        value(metrics, "elbow_observations_total{outcome=\"warming-up\"}"),
        value(metrics, "elbow_observations_total{outcome=\"rejected\"}"),
        value(metrics, "elbow_episodes_started_total"));
  }

  private static long value(String metrics, String series) throws IOException {
    String start = series + " ";
    return metrics
        .lines()
        .filter(line -> line.startsWith(start))
        .map(line -> (long) Double.parseDouble(line.substring(start.length())))
        .findFirst()
        .orElseThrow(() -> new IOException("the detector's metrics have no " + series));
  }
}
