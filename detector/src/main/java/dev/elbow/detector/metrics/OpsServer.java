package dev.elbow.detector.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.elbow.input.InvalidInputException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Metrics and health over HTTP or HTTPS, to read only.
 *
 * <ul>
 *   <li>{@code /metrics}: for Prometheus.
 *   <li>{@code /health/live}: 200, or 503 if the detector should be restarted.
 *   <li>{@code /health/ready}: 200 while records are being scored; else 503 and why not.
 * </ul>
 *
 * <p>Where there is a password, metrics need it. Health does not, for probes have none; but only
 * who has given it is told why.
 *
 * <p>A client that sends or reads slowly, or not at all, keeps one thread for a while and is then
 * cut off; there are more threads than clients there should be.
 */
public final class OpsServer implements AutoCloseable {

  /** Some scrapes and probes at a time, and some clients that hang; more wait. */
  private static final int THREADS = 16;

  /**
   * Limits of the JDK's server, which reads them when it is first used, for all servers of a
   * process: seconds for a request to come and for a response to be taken, connections, and how
   * many fields and bytes the head of a request may have. One that is given on the command line
   * wins.
   */
  private static final Map<String, String> LIMITS =
      Map.of(
          "sun.net.httpserver.maxReqTime", "5",
          "sun.net.httpserver.maxRspTime", "30",
          "jdk.httpserver.maxConnections", "64",
          "sun.net.httpserver.maxReqHeaders", "100",
          "sun.net.httpserver.maxReqHeaderSize", "16384");

  static {
    LIMITS.forEach((name, limit) -> System.setProperty(name, System.getProperty(name, limit)));
  }

  private static final List<String> METHODS = List.of("GET", "HEAD");

  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
  private static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";
  private static final String JSON = "application/json";

  private final HttpServer server;
  private final ExecutorService threads;
  private final DetectionMetrics metrics;
  private final Supplier<Health> health;
  private final Optional<BasicAuthentication> authentication;

  private OpsServer(
      HttpServer server,
      Optional<BasicAuthentication> authentication,
      DetectionMetrics metrics,
      Supplier<Health> health) {
    this.server = server;
    this.authentication = authentication;
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
   * @throws InvalidInputException if the address cannot be listened on
   */
  public static OpsServer start(
      OpsSettings settings, DetectionMetrics metrics, Supplier<Health> health) {
    try {
      return new OpsServer(listen(settings), settings.authentication(), metrics, health);
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidInputException(
          "metrics.host, metrics.port: cannot listen on %s:%d: %s; give another port, or 0 for any"
              .formatted(settings.host(), settings.port(), e.getMessage()),
          e);
    }
  }

  private static HttpServer listen(OpsSettings settings) throws IOException {
    InetSocketAddress address = new InetSocketAddress(settings.host(), settings.port());
    if (settings.tls().isEmpty()) {
      return HttpServer.create(address, 0);
    }
    HttpsServer server = HttpsServer.create(address, 0);
    server.setHttpsConfigurator(new HttpsConfigurator(settings.tls().get()));
    return server;
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
      if (!METHODS.contains(exchange.getRequestMethod())) {
        exchange.getResponseHeaders().set("Allow", String.join(", ", METHODS));
        respond(exchange, 405, TEXT, "only GET and HEAD are answered here\n");
        return;
      }
      boolean admitted = isAdmitted(exchange);
      switch (exchange.getRequestURI().getPath()) {
        case "/metrics" -> {
          if (admitted) {
            metrics(exchange);
          } else {
            refuse(exchange);
          }
        }
        case "/health/live" -> health(exchange, "live", Health::live, admitted);
        case "/health/ready" -> health(exchange, "ready", Health::ready, admitted);
        default -> respond(exchange, 404, TEXT, "/metrics, /health/live, /health/ready\n");
      }
    }
  }

  private boolean isAdmitted(HttpExchange exchange) {
    Optional<String> given =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"));
    return authentication.isEmpty() || authentication.get().admits(given);
  }

  private static void refuse(HttpExchange exchange) throws IOException {
    exchange
        .getResponseHeaders()
        .set("WWW-Authenticate", "Basic realm=\"elbow\", charset=\"UTF-8\"");
    respond(exchange, 401, TEXT, "user and password of metrics.user are needed\n");
  }

  private void metrics(HttpExchange exchange) throws IOException {
    String accept =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Accept")).orElse(TEXT);
    String type = accept.contains("application/openmetrics-text") ? OPEN_METRICS : TEXT;
    respond(exchange, 200, type, metrics.scrape(type));
  }

  private void health(
      HttpExchange exchange, String question, Predicate<Health> answer, boolean admitted)
      throws IOException {
    Health now = health.get();
    boolean yes = answer.test(now);
    List<String> reasons = admitted ? now.notReady() : List.of();
    String why =
        reasons.stream()
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
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(bytes.length));
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }
}
