package dev.elbow.cli;

import dev.elbow.trainer.data.SensorTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code replay}: a CSV into a topic. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Sends the rows of files to a Kafka topic as observations, in order.")
public final class ReplayCommand implements ElbowCommand {

  @Option(
      names = "--data",
      required = true,
      arity = "1..*",
      paramLabel = "FILE",
      description = "Files as train reads them, sent one after the other.")
  private List<Path> data = List.of();

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      defaultValue = "observations",
      description = "Where to. Default: ${DEFAULT-VALUE}.")
  private String topic = "";

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Records per second, 0 for as many as the broker takes. Default: 0.")
  private Optional<Double> rate = Optional.empty();

  @Mixin private FormatOptions format = new FormatOptions();
  @Mixin private KafkaOptions kafka = new KafkaOptions();
  @Mixin private CsvOptions csv = new CsvOptions();

  @Override
  public Integer call() throws InterruptedException {
    SensorTable table = csv.readAny(data);
    try (Replay replay = new Replay(kafka.clientSettings(), topic, format.format());
        Progress progress = Progress.start("replaying", table.count())) {
      if (table.hasTimestamps() && !replay.keepsRowTime(table)) {
        System.err.printf(
            "rows are older than %s keeps records: their records carry the present time;"
                + " set retention.ms=-1 on the topic to keep their own%n",
            topic);
      }
      Replay.Summary summary = replay.send(table, rate, sent -> progress.at(sent, ""));
      System.out.printf(
          "sent %,d records to %s in %.1f s%n",
          summary.records(), topic, summary.elapsed().toMillis() / 1e3);
    }
    return 0;
  }
}
