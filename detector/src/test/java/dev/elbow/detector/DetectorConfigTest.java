package dev.elbow.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.elbow.detector.entity.EntitySettings;
import dev.elbow.detector.entity.SilenceRule;
import dev.elbow.detector.episode.EpisodeRule;
import dev.elbow.detector.topology.DetectionSettings;
import dev.elbow.detector.topology.DetectionSettings.UnknownEntities;
import dev.elbow.detector.topology.Topics;
import dev.elbow.event.ObservationAvro;
import dev.elbow.event.ObservationJson;
import dev.elbow.input.InvalidInputException;
import dev.elbow.scoring.ObservedShare;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DetectorConfigTest {

  private static final Map<String, String> LEAST =
      Map.of("bootstrap.servers", "localhost:9092", "model.directory", "model");

  @Test
  void hasDefaultsForAllButBrokersAndModel() {
    DetectorConfig config = DetectorConfig.read(Optional.empty(), Map.of(), LEAST);

    assertThat(config.detection())
        .isEqualTo(
            new DetectionSettings(
                new Topics(
                    "observations",
                    "anomalies",
                    "rejections",
                    Optional.of("episodes"),
                    Optional.empty(),
                    Optional.empty()),
                ObservationJson.FORMAT,
                1 << 20,
                ObservedShare.DEFAULT,
                UnknownEntities.SCORE,
                new EntitySettings(
                    128, new SilenceRule(10, Duration.ofMinutes(1), Duration.ofDays(30))),
                5));
    assertThat(config.episodes())
        .isEqualTo(new EpisodeRule(Duration.ofMinutes(1), 10, Duration.ofHours(1), 5));
    assertThat(config.processingGuarantee())
        .isEqualTo(ConfigKeys.ProcessingGuarantee.EXACTLY_ONCE_V2);
    assertThat(config.modelPollInterval()).isEqualTo(Duration.ofSeconds(1));
    assertThat(config.ops().host()).isEqualTo("127.0.0.1");
    assertThat(config.ops().port()).isEqualTo(9464);
  }

  @Test
  void readsTheSchemasAtTheStart() {
    Map<String, String> avro = new HashMap<>(LEAST);
    avro.put("input.format", "avro");
    assertThat(DetectorConfig.read(Optional.empty(), Map.of(), avro).detection().format())
        .isInstanceOf(ObservationAvro.class);

    avro.put("input.schema", "nowhere.avsc");
    assertThatThrownBy(() -> DetectorConfig.read(Optional.empty(), Map.of(), avro))
        .hasMessageContaining("input.schema: schema nowhere.avsc: no such file");

    avro.put("input.format", "json");
    assertThatThrownBy(() -> DetectorConfig.read(Optional.empty(), Map.of(), avro))
        .hasMessageContaining("input.schema: only with input.format=avro; found: nowhere.avsc");
  }

  @Test
  void readsThePinnedKeyAtTheStart() {
    Map<String, String> pinned = new HashMap<>(LEAST);
    pinned.put("model.public.key", "nowhere.pub");

    assertThatThrownBy(() -> DetectorConfig.read(Optional.empty(), Map.of(), pinned))
        .hasMessageContaining("model.public.key: nowhere.pub: cannot be read");
  }

  @Test
  void letsCommandLineWinOverEnvironmentAndThatOverFile(@TempDir Path directory)
      throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("detector.properties"),
            """
            bootstrap.servers = file:1
            application.id = of-the-file
            model.directory = file
            """);
    Map<String, String> environment =
        Map.of(
            "ELBOW_APPLICATION_ID", "of-the-environment",
            "ELBOW_MODEL_DIRECTORY", "environment",
            "HOME", "/root");

    DetectorConfig config =
        DetectorConfig.read(
            Optional.of(file), environment, Map.of("model.directory", "command-line"));

    assertThat(config.bootstrapServers()).isEqualTo("file:1");
    assertThat(config.applicationId()).isEqualTo("of-the-environment");
    assertThat(config.modelDirectory()).contains(Path.of("command-line"));
  }

  @Test
  void reportsAllErrorsAtOnce() {
    Map<String, String> environment =
        Map.of("ELBOW_METRICS_PORT", "65536", "ELBOW_TOPIC_ANOMALIES", "a", "ELBOW_BLUE", "1");
    Map<String, String> options =
        Map.of("observed.fraction.min", "half", "processing.guarantee", "twice");

    assertThatThrownBy(() -> DetectorConfig.read(Optional.empty(), environment, options))
        .isInstanceOf(InvalidInputException.class)
        .message()
        .isEqualToNormalizingNewlines(
            """
            configuration: 7 errors
              bootstrap.servers: host:port, several with commas; found: nothing
              observed.fraction.min: a number from 0 to 1; found: half (the command line)
              processing.guarantee: exactly_once_v2 or at_least_once; found: twice (the command line)
              metrics.port: a whole number from 0 to 65535; found: 65536 (ELBOW_METRICS_PORT)
              blue: unknown key (ELBOW_BLUE)
              topic.anomalies: unknown key (ELBOW_TOPIC_ANOMALIES); did you mean topics.anomalies?
              model.directory, topics.models: exactly one of them; found: neither\
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bootstrap.servers | localhost",
        "bootstrap.servers | localhost:70000",
        "bootstrap.servers | a:1,,b:2",
        "topics.observations | two words",
        "topics.observations | ..",
        "topics.scores | a/b",
        "topics.acknowledgements | a b",
        "topics.models | a b",
        "model.pin | 3f2a",
        "model.open.max | 0",
        "topics.create | yes",
        "model.poll.ms | 0",
        "observation.max.bytes | 0",
        "observation.max.bytes | 3000000000",
        "observed.fraction.min | 1.01",
        "observed.fraction.min | NaN",
        "unknown.entities | ignore",
        "anomaly.contributions | -1",
        "topics.episodes | no topic",
        "episode.gap.ms | -1",
        "episode.gap.rows | 0",
        "episode.update.ms | 0",
        "num.stream.threads | 0",
        "scoring.threads | -1",
        "metrics.port | -1",
      })
  void refusesWhatBreaksARule(String key, String value) {
    assertThatThrownBy(() -> DetectorConfig.read(Optional.empty(), Map.of(), Map.of(key, value)))
        .hasMessageContaining(key + ": ")
        .hasMessageContaining("; found: " + value + " (the command line)");
  }

  @Test
  void takesModelsFromDirectoryOrTopicButNotBoth() {
    Map<String, String> both = new HashMap<>(LEAST);
    both.put("topics.models", "models");
    assertThatThrownBy(() -> DetectorConfig.read(Optional.empty(), Map.of(), both))
        .hasMessageContaining("model.directory, topics.models: exactly one of them; found: both");

    both.put("model.directory", "");
    DetectorConfig config = DetectorConfig.read(Optional.empty(), Map.of(), both);
    assertThat(config.modelsTopic()).contains("models");
    assertThat(config.modelDirectory()).isEmpty();
    assertThat(config.pinnedModel()).isEmpty();
    assertThat(config.mostOpenModels()).isEqualTo(16);
  }

  @Test
  void pinsOnlyBundleOfTheTopic() {
    Map<String, String> pinned = new HashMap<>(LEAST);
    pinned.put("model.pin", "a".repeat(64));
    assertThatThrownBy(() -> DetectorConfig.read(Optional.empty(), Map.of(), pinned))
        .hasMessageContaining("model.pin: only with topics.models; found: it alone");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"topics.episodes", "topics.scores", "topics.acknowledgements", "topics.models"})
  void refusesOneTopicForTwoPurposes(String key) {
    assertThatThrownBy(
            () -> DetectorConfig.read(Optional.empty(), Map.of(), Map.of(key, "anomalies")))
        .message()
        .containsPattern(
            "topics: all of them different; found: observations, anomalies, .*anomalies(\\R|$)");
  }

  @Test
  void followsNoEpisodesWhereTheirTopicIsOff() {
    Map<String, String> off = new HashMap<>(LEAST);
    off.put("topics.episodes", "off");

    assertThat(DetectorConfig.read(Optional.empty(), Map.of(), off).topics().episodes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ELBOW_JAVA_OPTS=-Xmx1g",
        "ELBOW_LOG_LEVEL=debug",
        "ELBOW_SERVICE_HOST=10.0.0.11",
        "ELBOW_SERVICE_PORT_METRICS=9464",
        "ELBOW_PORT=tcp://10.0.0.11:9464",
        "ELBOW_PORT_9464_TCP_ADDR=10.0.0.11",
        "ELBOW_DETECTOR_SERVICE_HOST=10.0.0.11"
      })
  void leavesVariablesOfLauncherAndKubernetesAlone(String variable) {
    int end = variable.indexOf('=');
    Map<String, String> environment =
        Map.of(variable.substring(0, end), variable.substring(end + 1));

    DetectorConfig config = DetectorConfig.read(Optional.empty(), environment, LEAST);

    assertThat(config.topics().observations()).isEqualTo("observations");
  }

  @Test
  void passesSecurityOnAndShowsNoneOfIt() {
    Map<String, String> environment =
        Map.of(
            "ELBOW_SSL_KEYSTORE_PASSWORD", "s3cret",
            "ELBOW_SASL_JAAS_CONFIG", "password=s3cret",
            "ELBOW_SECURITY_PROTOCOL", "SASL_SSL");

    DetectorConfig config = DetectorConfig.read(Optional.empty(), environment, LEAST);

    assertThat(config.security())
        .containsEntry("ssl.keystore.password", "s3cret")
        .containsEntry("sasl.jaas.config", "password=s3cret")
        .containsEntry("security.protocol", "SASL_SSL");
    assertThat(config.toString())
        .contains("ssl.keystore.password=[hidden]")
        .doesNotContain("s3cret");
  }

  @Test
  void keepsValueOfUnknownKeyToItself() {
    Throwable thrown =
        catchThrowable(
            () ->
                DetectorConfig.read(
                    Optional.empty(), Map.of(), Map.of("sssl.key.password", "s3cret")));

    assertThat(thrown).hasMessageContaining("sssl.key.password: unknown key");
    assertThat(thrown.getMessage()).doesNotContain("s3cret");
  }

  @Test
  void takesPasswordOfMetricsFromTheEnvironmentAndHidesIt() {
    DetectorConfig config =
        DetectorConfig.read(
            Optional.empty(),
            Map.of("ELBOW_METRICS_USER", "prometheus", "ELBOW_METRICS_PASSWORD", "s3cret"),
            LEAST);

    assertThat(config.ops().authentication()).isPresent();
    assertThat(config.toString()).contains("metrics.password=").doesNotContain("s3cret");
    assertThat(config.ops().toString()).doesNotContain("s3cret");
  }

  @Test
  void takesPasswordOfMetricsFromFile(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("password"), "s3cret\n");

    DetectorConfig config =
        DetectorConfig.read(
            Optional.empty(),
            Map.of("ELBOW_METRICS_PASSWORD_FILE", file.toString(), "ELBOW_METRICS_USER", "p"),
            LEAST);

    assertThat(config.ops().authentication()).isPresent();
  }

  @Test
  void takesNoPasswordFromTheCommandLine() {
    Map<String, String> options = new HashMap<>(LEAST);
    options.put("metrics.user", "prometheus");
    options.put("metrics.password", "s3cret");

    Throwable thrown =
        catchThrowable(() -> DetectorConfig.read(Optional.empty(), Map.of(), options));

    assertThat(thrown)
        .hasMessageContaining("metrics.password: not on the command line")
        .hasMessageContaining("ELBOW_METRICS_PASSWORD");
    assertThat(thrown.getMessage()).doesNotContain("s3cret");
  }

  @Test
  void saysWhatTheProtectionOfMetricsLacks() {
    Map<String, String> environment =
        Map.of(
            "ELBOW_METRICS_USER", "prometheus",
            "ELBOW_METRICS_KEYSTORE", "no-such.p12",
            "ELBOW_METRICS_KEYSTORE_PASSWORD", "s3cret");

    Throwable thrown =
        catchThrowable(() -> DetectorConfig.read(Optional.empty(), environment, LEAST));

    assertThat(thrown)
        .hasMessageContaining(
            "metrics.user: with metrics.password or metrics.password.file, one of the two")
        .hasMessageContaining("metrics.keystore: no-such.p12: no such file");
    assertThat(thrown.getMessage()).doesNotContain("s3cret");
  }

  @Test
  void takesEmptyValueAsNotGiven() {
    DetectorConfig config =
        DetectorConfig.read(Optional.empty(), Map.of("ELBOW_APPLICATION_ID", " "), LEAST);

    assertThat(config.applicationId()).isEqualTo("elbow-detector");
  }

  @Test
  void saysThatTheFileIsMissing(@TempDir Path directory) {
    Path file = directory.resolve("none.properties");

    assertThatThrownBy(() -> DetectorConfig.read(Optional.of(file), Map.of(), LEAST))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(file + ": no such file; expected a properties file");
  }
}
