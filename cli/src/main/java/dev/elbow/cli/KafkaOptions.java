package dev.elbow.cli;

import dev.elbow.input.InvalidInputException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import picocli.CommandLine.Option;

/** How to reach a Kafka cluster: the options shared by every command that is a plain client. */
final class KafkaOptions {

  @Option(
      names = "--bootstrap-server",
      paramLabel = "HOST:PORT",
      description = "One or more brokers to start from, separated by commas.")
  private Optional<String> bootstrapServer = Optional.empty();

  @Option(
      names = "--command-config",
      paramLabel = "FILE",
      description = "Properties file with further client settings, such as ssl.* and sasl.*.")
  private Optional<Path> commandConfig = Optional.empty();

  /** Whether any of these options is there. */
  boolean given() {
    return bootstrapServer.isPresent() || commandConfig.isPresent();
  }

  /** The settings of a Kafka client, which from now on logs errors only. */
  Map<String, String> clientSettings() {
    ClientLogs.quieten();
    Map<String, String> settings = new HashMap<>();
    commandConfig.map(KafkaOptions::load).ifPresent(settings::putAll);
    bootstrapServer.ifPresent(
        servers -> settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers));
    if (!settings.containsKey(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)) {
      throw new InvalidInputException("--bootstrap-server is missing: which Kafka is meant?");
    }
    return settings;
  }

  private static Map<String, String> load(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (NoSuchFileException e) {
      throw new InvalidInputException(
          "--command-config %s: no such file; expected a properties file".formatted(file), e);
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidInputException(
          "--command-config %s: cannot be read as a properties file: %s"
              .formatted(file, e.getMessage()),
          e);
    }
    Map<String, String> settings = new HashMap<>();
    properties.forEach((key, value) -> settings.put(key.toString(), value.toString()));
    return settings;
  }
}
