package dev.elbow.detector.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.elbow.bundle.BundleWriter;
import dev.elbow.bundle.ModelBundle;
import dev.elbow.bundle.SigningKey;
import dev.elbow.bundle.TrustedKey;
import dev.elbow.detector.TestBundles;
import dev.elbow.detector.metrics.DetectionMetrics;
import dev.elbow.detector.metrics.Scrape;
import dev.elbow.input.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class ModelDirectoryTest {

  private static final Instant NOW = Instant.parse("2026-03-01T08:15:30Z");
  private static final ModelBundle FIRST = TestBundles.standard();
  private static final ModelBundle SECOND =
      TestBundles.bundle(List.of("speed", "heat"), List.of(), 20);

  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.elbow.detector.models");
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final DetectionMetrics metrics = new DetectionMetrics();
  private final ActiveModel active = new ActiveModel();
  private final Path bundle;
  private final ModelDirectory directory;

  ModelDirectoryTest(@TempDir Path parent) {
    this.bundle = parent.resolve("current");
    this.directory =
        new ModelDirectory(
            bundle, Optional.empty(), active, metrics.models(), InstantSource.fixed(NOW));
  }

  @BeforeEach
  void listen() {
    log.start();
    logger.addAppender(log);
    logger.setAdditive(false);
  }

  @AfterEach
  void close() {
    logger.detachAppender(log);
    logger.setAdditive(true);
    active.close();
    metrics.close();
  }

  @Test
  void loadsTheFirstBundleAndTellsOfIt() {
    BundleWriter.write(FIRST, bundle);

    directory.loadFirst();

    assertThat(active.id()).contains(FIRST.id());
    assertThat(Scrape.of(metrics))
        .containsEntry("elbow_model_info{bundle=\"" + FIRST.id() + "\"}", 1.0)
        .containsEntry("elbow_model_threshold_nats", 10.0)
        .containsEntry("elbow_model_threshold_supported", 1.0)
        .containsEntry("elbow_model_loads_total{outcome=\"accepted\"}", 1.0)
        .containsEntry("elbow_model_loaded_timestamp_seconds", 1.0 * NOW.getEpochSecond())
        .hasEntrySatisfying(
            "elbow_model_golden_error_nats", error -> assertThat(error).isBetween(0.0, 1e-3));
  }

  @Test
  void warnsOfAThresholdThatItsRowsDoNotSupport() {
    BundleWriter.write(TestBundles.withUnsupportedThreshold(), bundle);

    directory.loadFirst();

    assertThat(warnings())
        .singleElement()
        .asString()
        .contains(
            "its 9 held-out rows support a false-alarm rate of 0.10 at best, it was set for 0.01");
    assertThat(Scrape.of(metrics)).containsEntry("elbow_model_threshold_supported", 0.0);
  }

  @Test
  void refusesToStartWithoutBundle() {
    assertThatThrownBy(directory::loadFirst)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(bundle.toString());
  }

  @Test
  void activatesNewBundleOnceItLiesStill() {
    BundleWriter.write(FIRST, bundle);
    directory.loadFirst();
    BundleWriter.write(SECOND, bundle);

    directory.look();
    assertThat(active.id()).contains(FIRST.id());

    directory.look();
    assertThat(active.id()).contains(SECOND.id());
    assertThat(Scrape.of(metrics))
        .containsEntry("elbow_model_info{bundle=\"" + SECOND.id() + "\"}", 1.0)
        .doesNotContainKey("elbow_model_info{bundle=\"" + FIRST.id() + "\"}")
        .containsEntry("elbow_model_threshold_nats", 20.0)
        .containsEntry("elbow_model_loads_total{outcome=\"accepted\"}", 2.0);
  }

  @Test
  void takesZipAsWell() {
    BundleWriter.writeZip(FIRST, bundle);
    directory.loadFirst();
    BundleWriter.writeZip(SECOND, bundle);

    look(2);

    assertThat(active.id()).contains(SECOND.id());
  }

  @Test
  void leavesModelAloneWhileNothingChanges() {
    BundleWriter.write(FIRST, bundle);
    directory.loadFirst();

    look(3);
    BundleWriter.write(FIRST, bundle);
    look(3);

    assertThat(Scrape.of(metrics))
        .containsEntry("elbow_model_loads_total{outcome=\"accepted\"}", 1.0)
        .containsEntry("elbow_model_loads_total{outcome=\"refused\"}", 0.0);
  }

  @Test
  void keepsLastGoodModelAndWarnsOnceOfRefusedBundle() throws IOException {
    BundleWriter.write(FIRST, bundle);
    directory.loadFirst();
    BundleWriter.write(SECOND, bundle);
    Files.write(bundle.resolve("encoder.onnx"), new byte[] {1, 2, 3});

    look(5);

    assertThat(active.id()).contains(FIRST.id());
    assertThat(Scrape.of(metrics))
        .containsEntry("elbow_model_info{bundle=\"" + FIRST.id() + "\"}", 1.0)
        .containsEntry("elbow_model_loads_total{outcome=\"refused\"}", 1.0);
    assertThat(warnings())
        .singleElement()
        .asString()
        .contains(bundle.toString(), FIRST.id(), "encoder.onnx");
  }

  @Test
  void takesBundleOnceItIsMended() throws IOException {
    BundleWriter.write(FIRST, bundle);
    directory.loadFirst();
    BundleWriter.write(SECOND, bundle);
    byte[] encoder = Files.readAllBytes(bundle.resolve("encoder.onnx"));
    Files.write(bundle.resolve("encoder.onnx"), new byte[] {1, 2, 3});
    look(2);
    Files.write(bundle.resolve("encoder.onnx"), encoder);

    look(2);

    assertThat(active.id()).contains(SECOND.id());
  }

  @Test
  void keepsLastGoodModelWhenTheDirectoryIsGone() throws IOException {
    BundleWriter.write(FIRST, bundle);
    directory.loadFirst();
    try (Stream<Path> files = Files.list(bundle)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(bundle);

    look(3);
    assertThat(active.id()).contains(FIRST.id());
    assertThat(warnings()).hasSize(1);

    BundleWriter.write(SECOND, bundle);
    look(2);
    assertThat(active.id()).contains(SECOND.id());
  }

  @Test
  void takesSignedBundlesAloneWhereAKeyIsPinned() {
    Path key = bundle.resolveSibling("key");
    Optional<TrustedKey> pinned = Optional.of(SigningKey.generate(key));
    ModelDirectory pinning =
        new ModelDirectory(bundle, pinned, active, metrics.models(), InstantSource.fixed(NOW));
    BundleWriter.write(FIRST, bundle);
    assertThatThrownBy(pinning::loadFirst)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("SIGNATURE: missing; only bundles signed with the key ");
    assertThat(active.id()).isEmpty();

    BundleWriter.write(FIRST.signedWith(SigningKey.read(key)), bundle);
    pinning.loadFirst();
    assertThat(active.id()).contains(FIRST.id());

    BundleWriter.write(SECOND, bundle);
    pinning.look();
    pinning.look();
    assertThat(active.id()).contains(FIRST.id());
    assertThat(warnings()).singleElement().asString().contains("SIGNATURE: missing", FIRST.id());

    BundleWriter.write(SECOND.signedWith(SigningKey.read(key)), bundle);
    pinning.look();
    pinning.look();
    assertThat(active.id()).contains(SECOND.id());
    assertThat(Scrape.of(metrics))
        .containsEntry("elbow_model_loads_total{outcome=\"accepted\"}", 2.0)
        .containsEntry("elbow_model_loads_total{outcome=\"refused\"}", 2.0);
  }

  private void look(int times) {
    for (int i = 0; i < times; i++) {
      directory.look();
    }
  }

  private List<String> warnings() {
    return log.list.stream()
        .filter(event -> event.getLevel() == Level.WARN)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }
}
