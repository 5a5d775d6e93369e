package dev.elbow.cli;

import dev.elbow.detector.Detector;
import dev.elbow.detector.DetectorConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code detect}: scores a topic until it is stopped. */
@Command(
    name = "detect",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Scores a topic of observations and publishes anomalies and rejections, until it is stopped.",
      "Every setting of docs/configuration.md can stand in the file, in the environment"
          + " (ELBOW_MODEL_DIRECTORY for model.directory) or behind --set; the later wins."
    })
public final class DetectCommand implements ElbowCommand {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Java properties file with the detector's settings.")
  private Optional<Path> config = Optional.empty();

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "The bundle; watched, a new one is taken without a restart. model.directory")
  private Optional<String> model = Optional.empty();

  @Option(
      names = "--models",
      paramLabel = "TOPIC",
      description = "The models topic, in place of --model; followed. topics.models")
  private Optional<String> modelsTopic = Optional.empty();

  @Option(
      names = "--bootstrap-server",
      paramLabel = "HOST:PORT",
      description = "Kafka brokers to begin with. bootstrap.servers")
  private Optional<String> bootstrapServer = Optional.empty();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port of /metrics and the health pages. metrics.port")
  private Optional<String> port = Optional.empty();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Any setting; can be given several times.")
  private Map<String, String> settings = new HashMap<>();

  @Override
  public Integer call() throws InterruptedException {
    Map<String, String> options = new HashMap<>(settings);
    model.ifPresent(directory -> options.put("model.directory", directory));
    modelsTopic.ifPresent(topic -> options.put("topics.models", topic));
    bootstrapServer.ifPresent(servers -> options.put("bootstrap.servers", servers));
    port.ifPresent(number -> options.put("metrics.port", number));
    return Detector.run(DetectorConfig.read(config, System.getenv(), options)) ? 0 : 1;
  }
}
