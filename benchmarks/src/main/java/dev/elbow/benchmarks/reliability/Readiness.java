package dev.elbow.benchmarks.reliability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** What {@code /health/ready} of a detector says in the course of time, as a probe sees it. */
final class Readiness implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final int INTERVAL_MS = 100;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final HttpRequest request;
  private final long start = System.nanoTime();
  private final List<String> changes = new ArrayList<>();
  private final Thread thread = new Thread(this::watch, "elbow-readiness");
  private String latest = "";

  private Readiness(int port) {
    URI uri = URI.create("http://127.0.0.1:" + port + "/health/ready");
    request = HttpRequest.newBuilder(uri).timeout(TIMEOUT).build();
  }

  /** Begins to ask the health page at a port, which need not be there. */
  static Readiness watch(int port) {
    Readiness readiness = new Readiness(port);
    readiness.thread.setDaemon(true);
    readiness.thread.start();
    return readiness;
  }

  /** Whether it is ready at this moment. */
  static boolean now(int port) throws InterruptedException {
    return new Readiness(port).ask().equals("ready");
  }

  private void watch() {
    try {
      while (true) {
        note(ask());
        TimeUnit.MILLISECONDS.sleep(INTERVAL_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  private String ask() throws InterruptedException {
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200 ? "ready" : "not ready: " + reasons(answer.body());
    } catch (IOException e) {
      return "no answer";
    }
  }

  /** Without how long it has been so, which changes all the time. */
  private static String reasons(String body) throws IOException {
    List<String> reasons = new ArrayList<>();
    for (JsonNode reason : JSON.readTree(body).path("notReadyBecause")) {
      reasons.add(reason.asText().replaceAll(" for \\d+ s$", ""));
    }
    return String.join(", ", reasons);
  }

  private synchronized void note(String state) {
    if (!state.equals(latest)) {
      latest = state;
      double seconds = (System.nanoTime() - start) / 1e9;
      changes.add(String.format(Locale.ROOT, "%.1f s %s", seconds, state));
    }
  }

  /** Every change with the time since the beginning. */
  synchronized String text() {
    return changes.stream().collect(Collectors.joining("; "));
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
