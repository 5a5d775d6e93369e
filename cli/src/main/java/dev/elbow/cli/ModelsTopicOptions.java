package dev.elbow.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which models topic is meant: the options shared by the commands around it. */
final class ModelsTopicOptions {

  @Mixin private KafkaOptions kafka = new KafkaOptions();

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      defaultValue = "models",
      description = "The models topic. Default: ${DEFAULT-VALUE}.")
  private String topic = "";

  /** The topic, not looked at yet. */
  ModelsTopic topic() {
    return new ModelsTopic(kafka.clientSettings(), topic);
  }
}
