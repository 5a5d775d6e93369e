package dev.elbow.detector.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.elbow.input.InvalidInputException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Metrics and health over HTTP, to read only.
 *
 * <ul>
 *   <li>{@code /metrics}: for Prometheus.
 *   <li>{@code /health/live}: 200, or 503 if the detector should be restarted.
 *   <li>{@code /health/ready}: 200 while records are being scored; else 503 and why not.
 * </ul>
 */
public final class OpsServer implements AutoCloseable {

  /** A scrape and two probes at a time; more wait. */
  private static final int THREADS = 3;

  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
  private static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";
  private static final String JSON = "application/json";

  private final HttpServer server;
  private final ExecutorService threads;
  private final DetectionMetrics metrics;
  private final Supplier<Health> health;

  private OpsServer(HttpServer server, DetectionMetrics metrics, Supplier<Health> health) {
    this.server = server;
    this.metrics = metrics;
    this.health = health;
    this.threads =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "elbow-ops");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /**
   * Starts to serve.
   *
   * @param host the address to listen on
   * @param port 0 for any that is free
   * @throws InvalidInputException if the address cannot be listened on
   */
  public static OpsServer start(
      String host, int port, DetectionMetrics metrics, Supplier<Health> health) {
    try {
      return new OpsServer(
          HttpServer.create(new InetSocketAddress(host, port), 0), metrics, health);
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidInputException(
          "metrics.host, metrics.port: cannot listen on %s:%d: %s; give another port, or 0 for any"
              .formatted(host, port, e.getMessage()),
          e);
    }
  }

  /** The port that is listened on. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Stops at once. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestMethod().equals("GET")) {
        exchange.getResponseHeaders().set("Allow", "GET");
        respond(exchange, 405, TEXT, "only GET is answered here\n");
        return;
      }
      switch (exchange.getRequestURI().getPath()) {
        case "/metrics" -> metrics(exchange);
        case "/health/live" -> health(exchange, "live", Health::live);
        case "/health/ready" -> health(exchange, "ready", Health::ready);
        default -> respond(exchange, 404, TEXT, "/metrics, /health/live, /health/ready\n");
      }
    }
  }

  private void metrics(HttpExchange exchange) throws IOException {
    String accept =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Accept")).orElse(TEXT);
    String type = accept.contains("application/openmetrics-text") ? OPEN_METRICS : TEXT;
    respond(exchange, 200, type, metrics.scrape(type));
  }

  private void health(HttpExchange exchange, String question, Predicate<Health> answer)
      throws IOException {
    Health now = health.get();
    boolean yes = answer.test(now);
    String why =
        now.notReady().stream()
            .map(reason -> '"' + reason.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
            .collect(Collectors.joining(","));
    respond(
        exchange,
        yes ? 200 : 503,
        JSON,
        "{\"%s\":%b,\"notReadyBecause\":[%s]}%n".formatted(question, yes, why));
  }

  private static void respond(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }
}
