package dev.elbow.detector.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbow.input.InvalidInputException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpsServerTest {

  private final HttpClient client = HttpClient.newHttpClient();
  private final DetectionMetrics metrics = new DetectionMetrics();
  private final AtomicReference<Health> health = new AtomicReference<>(new Health(true, List.of()));
  private final OpsServer server = OpsServer.start(at(0), metrics, health::get);

  @AfterEach
  void close() {
    server.close();
    metrics.close();
  }

  @Test
  void servesMetricsForPrometheus() throws Exception {
    HttpResponse<String> response = get("/metrics");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
    assertThat(Scrape.parse(response.body())).containsKey("elbow_observations_received_total");
  }

  @Test
  void servesOpenMetricsIfAsked() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri("/metrics"))
            .header("Accept", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5")
            .build();

    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());

    assertThat(response.headers().firstValue("Content-Type"))
        .contains("application/openmetrics-text; version=1.0.0; charset=utf-8");
    assertThat(response.body()).endsWith("# EOF\n");
  }

  @Test
  void isReadyWhileRecordsAreScored() throws Exception {
    assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    assertThat(get("/health/ready").body())
        .isEqualToIgnoringNewLines("{\"ready\":true,\"notReadyBecause\":[]}");
  }

  @Test
  void saysWhyItIsNotReady() throws Exception {
    health.set(new Health(true, List.of("partitions are being assigned", "a \"quoted\" reason")));

    HttpResponse<String> ready = get("/health/ready");

    assertThat(ready.statusCode()).isEqualTo(503);
    assertThat(ready.body())
        .isEqualToIgnoringNewLines(
            "{\"ready\":false,\"notReadyBecause\":[\"partitions are being assigned\",\"a"
                + " \\\"quoted\\\" reason\"]}");
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void asksForRestartOnceItCannotRecover() throws Exception {
    health.set(new Health(false, List.of("stream threads have failed")));

    assertThat(get("/health/live").statusCode()).isEqualTo(503);
    assertThat(get("/health/ready").statusCode()).isEqualTo(503);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/metric",
        "/metrics/x",
        "/health",
        "/favicon.ico",
        "/../etc/passwd",
        "/metrics/../x",
        "/%2e%2e/%2e%2e/etc/passwd",
        "//metrics"
      })
  void knowsNoOtherPage(String path) throws Exception {
    assertThat(get(path).statusCode()).isEqualTo(404);
  }

  @Test
  void answersHeadWithoutBody() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri("/health/live"))
            .method("HEAD", HttpRequest.BodyPublishers.noBody())
            .build();

    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    assertThat(response.headers().firstValueAsLong("Content-Length"))
        .hasValue(get("/health/live").body().length());
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"})
  void canOnlyBeRead(String method) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri("/metrics"))
            .method(method, HttpRequest.BodyPublishers.ofString("x"))
            .build();

    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD");
  }

  @Test
  void saysThatThePortIsTaken() {
    int port = server.port();

    assertThatThrownBy(() -> OpsServer.start(at(port), metrics, health::get))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("metrics.host, metrics.port: cannot listen on 127.0.0.1:" + port);
  }

  private static OpsSettings at(int port) {
    return new OpsSettings("127.0.0.1", port, Optional.empty(), Optional.empty());
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }
}
