package dev.elbow.detector.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** With TLS and a password, as Prometheus sees it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProtectedOpsServerTest {

  private static final String STORE_PASSWORD = "changeit";
  private static final BasicAuthentication PROMETHEUS =
      new BasicAuthentication("prometheus", Password.of("s3cret"));

  private final DetectionMetrics metrics = new DetectionMetrics();
  private Path keystore;
  private OpsServer server;
  private HttpClient client;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    keystore = selfSigned(directory);
    server =
        OpsServer.start(
            new OpsSettings(
                "127.0.0.1",
                0,
                Optional.of(PROMETHEUS),
                Optional.of(Keystore.read(keystore, STORE_PASSWORD))),
            metrics,
            () -> new Health(true, List.of("partitions are being assigned")));
    client = HttpClient.newBuilder().sslContext(trusting(keystore)).build();
  }

  @AfterAll
  void stop() {
    server.close();
    metrics.close();
  }

  @Test
  void servesMetricsToWhoHasThePassword() throws Exception {
    HttpResponse<String> response = get("/metrics", "prometheus:s3cret");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(Scrape.parse(response.body())).containsKey("elbow_observations_received_total");
  }

  @Test
  void asksForThePassword() throws Exception {
    HttpResponse<String> response = get("/metrics", "prometheus:secret");

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("WWW-Authenticate"))
        .hasValueSatisfying(scheme -> assertThat(scheme).startsWith("Basic realm="));
    assertThat(response.body()).doesNotContain("s3cret", "elbow_");
  }

  @Test
  void answersProbesWithoutPasswordButDoesNotSayWhy() throws Exception {
    HttpRequest probe = HttpRequest.newBuilder(uri("/health/ready")).build();

    assertThat(client.send(probe, HttpResponse.BodyHandlers.ofString()).body())
        .isEqualToIgnoringNewLines("{\"ready\":false,\"notReadyBecause\":[]}");
    assertThat(get("/health/ready", "prometheus:s3cret").body())
        .contains("partitions are being assigned");
  }

  @Test
  void speaksNothingButTls() {
    HttpRequest plain =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/metrics"))
            .timeout(Duration.ofSeconds(10))
            .build();

    assertThatThrownBy(() -> client.send(plain, HttpResponse.BodyHandlers.ofString()))
        .isInstanceOf(IOException.class);
  }

  /** More of them than the server has threads, each in the middle of its request. */
  @Test
  void isNotStalledByClientsThatHang() throws Exception {
    List<Socket> hanging = new ArrayList<>();
    try (OpsServer plain =
        OpsServer.start(
            new OpsSettings("127.0.0.1", 0, Optional.empty(), Optional.empty()),
            metrics,
            () -> new Health(true, List.of()))) {
      for (int i = 0; i < 20; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), plain.port());
        hanging.add(socket);
        socket.getOutputStream().write("GET /metrics HTTP/1.1\r\nHost: x\r\nX-".getBytes(UTF_8));
      }
      HttpRequest scrape =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + plain.port() + "/metrics"))
              .timeout(Duration.ofSeconds(30))
              .build();

      HttpResponse<String> response = client.send(scrape, HttpResponse.BodyHandlers.ofString());

      assertThat(response.statusCode()).isEqualTo(200);
    } finally {
      for (Socket socket : hanging) {
        socket.close();
      }
    }
  }

  @Test
  void saysThatTheKeystoreHasAnotherPassword() {
    assertThatThrownBy(() -> Keystore.read(keystore, "s3cret"))
        .hasMessageContaining(keystore + ": cannot be read as a PKCS #12 keystore")
        .message()
        .doesNotContain("s3cret");
  }

  @Test
  void tellsWhatOthersInTheNetworkCanDo() {
    OpsSettings open = new OpsSettings("0.0.0.0", 0, Optional.empty(), Optional.empty());
    OpsSettings plain = new OpsSettings("0.0.0.0", 0, Optional.of(PROMETHEUS), Optional.empty());
    OpsSettings loopback = new OpsSettings("localhost", 0, Optional.empty(), Optional.empty());

    assertThat(open.exposure()).contains("metrics can be read without a password");
    assertThat(plain.exposure())
        .contains("the password of the metrics goes over the network unencrypted");
    assertThat(loopback.exposure()).isEmpty();
  }

  private HttpResponse<String> get(String path, String credentials) throws Exception {
    String basic = Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(uri(path)).header("Authorization", "Basic " + basic).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("https://localhost:" + server.port() + path);
  }

  /** By the JDK's own keytool: there is no other way to make a certificate without a library. */
  private static Path selfSigned(Path directory) throws Exception {
    Path keystore = directory.resolve("ops.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                STORE_PASSWORD,
                "-keystore",
                keystore.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
    return keystore;
  }

  private static SSLContext trusting(Path keystore) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream bytes = Files.newInputStream(keystore)) {
      store.load(bytes, STORE_PASSWORD.toCharArray());
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("ops", store.getCertificate("mykey"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
