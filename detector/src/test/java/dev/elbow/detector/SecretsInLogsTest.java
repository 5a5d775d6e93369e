package dev.elbow.detector;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.elbow.input.InvalidInputException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Whatever Kafka takes for a secret, and our own, with a log that tells everything. */
class SecretsInLogsTest {

  private static final String SECRET = "s3cret";

  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Level before = root.getLevel();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    log.start();
    root.addAppender(log);
    root.setLevel(Level.TRACE);
  }

  @AfterEach
  void listenNoMore() {
    root.setLevel(before);
    root.detachAppender(log);
  }

  @Test
  void showsNoSecretWhereDetectorFailsToStart(@TempDir Path directory) {
    Map<String, String> environment = new TreeMap<>();
    for (String key : secrets()) {
      environment.put(ConfigKey.environmentVariable(key), SECRET);
    }
    environment.put("ELBOW_METRICS_USER", "prometheus");
    environment.put("ELBOW_METRICS_PASSWORD", SECRET);
    environment.put("ELBOW_METRICS_PORT", "0");
    environment.put("ELBOW_STATE_DIR", directory.resolve("state").toString());
    environment.put("ELBOW_MODEL_DIRECTORY", directory.resolve("none").toString());
    environment.put("ELBOW_BOOTSTRAP_SERVERS", "127.0.0.1:9");

    String failure = failure(environment);

    assertThat(failure).contains("none").doesNotContain(SECRET);
    assertThat(logged()).contains("Starting with").doesNotContain(SECRET);
  }

  @Test
  void showsNoSecretWhereKafkaSaysItsSettings() {
    Map<String, String> environment = new TreeMap<>();
    for (String key : secrets()) {
      environment.put(ConfigKey.environmentVariable(key), SECRET);
    }
    environment.put("ELBOW_MODEL_DIRECTORY", "none");
    environment.put("ELBOW_BOOTSTRAP_SERVERS", "127.0.0.1:9");
    DetectorConfig config = DetectorConfig.read(Optional.empty(), environment, Map.of());

    StreamsConfig streams = new StreamsConfig(KafkaSettings.streams(config, 1000));
    var consumer = streams.getMainConsumerConfigs("group", "client", 1);
    consumer.put("key.deserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer");
    consumer.put(
        "value.deserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer");
    var unused = new ConsumerConfig(consumer);

    assertThat(logged())
        .contains("ConsumerConfig values", "sasl.jaas.config = [hidden]")
        .doesNotContain(SECRET);
  }

  /** Every setting that Kafka's clients have and keep to themselves. */
  private static List<String> secrets() {
    List<String> secrets =
        List.of(
                ProducerConfig.configDef(),
                ConsumerConfig.configDef(),
                AdminClientConfig.configDef())
            .stream()
            .flatMap(clients -> clients.configKeys().values().stream())
            .filter(key -> key.type() == ConfigDef.Type.PASSWORD)
            .map(key -> key.name)
            .distinct()
            .toList();
    assertThat(secrets).contains("sasl.jaas.config", "ssl.key.password", "ssl.keystore.password");
    return secrets;
  }

  private static String failure(Map<String, String> environment) {
    DetectorConfig config = DetectorConfig.read(Optional.empty(), environment, Map.of());
    StringWriter everything = new StringWriter();
    try (Detector detector = Detector.start(config)) {
      throw new AssertionError("started without a model, ready: " + detector.ready());
    } catch (InvalidInputException e) {
      e.printStackTrace(new PrintWriter(everything, true));
    }
    return everything.toString();
  }

  private String logged() {
    return List.copyOf(log.list).stream()
        .map(event -> event.getFormattedMessage() + thrown(event))
        .collect(Collectors.joining("\n"));
  }

  private static String thrown(ILoggingEvent event) {
    return event.getThrowableProxy() == null
        ? ""
        : ThrowableProxyUtil.asString(event.getThrowableProxy());
  }
}
