package dev.elbow.cli;

import dev.elbow.bundle.BundleWriter;
import dev.elbow.bundle.Lineage;
import dev.elbow.bundle.Manifest;
import dev.elbow.bundle.SigningKey;
import dev.elbow.input.InvalidInputException;
import dev.elbow.trainer.TrainingRun;
import dev.elbow.trainer.TrainingSettings;
import dev.elbow.trainer.blas.MatrixMultiply;
import dev.elbow.trainer.data.SensorTable;
import dev.elbow.trainer.onnx.BundleExport;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code train}: from data to a bundle. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Trains a model on normal data and writes it as a bundle.")
public final class TrainCommand implements ElbowCommand {

  @Option(
      names = "--data",
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "Files of normal operation: CSV, of which rows labelled 1 are left out, JSON lines, or"
              + " Avro container files; CSV and JSON may be compressed by gzip.")
  private List<Path> data = List.of();

  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "Where the bundle goes; an earlier bundle there is replaced at the end.")
  private Path model = Path.of("");

  @Option(
      names = "--sign",
      paramLabel = "KEY",
      description = "Sign the bundle with this private key (see keygen).")
  private Optional<Path> sign = Optional.empty();

  @Mixin private TopicOptions topic = new TopicOptions();
  @Mixin private FormatOptions format = new FormatOptions();
  @Mixin private KafkaOptions kafka = new KafkaOptions();
  @Mixin private CsvOptions csv = new CsvOptions();
  @Mixin private FitOptions fit = new FitOptions();

  @Override
  public Integer call() {
    BundleWriter.requireWritable(model);
    Optional<SigningKey> signer = sign.map(SigningKey::read);
    SensorTable table = read();
    if (table.rounded() > 0) {
      System.err.printf(
          "rounded %,d of %,d values to 24 bits, for want of memory for all of their digits%n",
          table.rounded(), (long) table.count() * table.features());
    }
    TrainingSettings settings = fit.settings(table);
    FitSpeed speed = new FitSpeed(System::nanoTime);
    BundleExport.Exported exported =
        trainWithProgress(new TrainingRun(table, settings), speed, model, signer);
    System.out.print(summary(exported, model));
    System.out.println("speed      " + speedText(speed, settings, exported));
    return 0;
  }

  private SensorTable read() {
    if (data.isEmpty() != topic.given()) {
      throw new InvalidInputException(
          "expected either --data FILE or --topic TOPIC, found "
              + (topic.given() ? "both" : "neither"));
    }
    if (!topic.given() && (topic.rangeGiven() || format.given() || kafka.given())) {
      throw new InvalidInputException(
          "--from, --to, --format, --schema, --bootstrap-server and --command-config go with"
              + " --topic; found --data");
    }
    if (topic.given() && csv.given()) {
      throw new InvalidInputException(
          "--label, --entity and --ignore go with --data; found --topic");
    }
    return topic.given() ? topic.read(kafka.clientSettings(), format.format()) : csv.readAny(data);
  }

  private static BundleExport.Exported trainWithProgress(
      TrainingRun run, FitSpeed speed, Path model, Optional<SigningKey> signer) {
    try (Progress progress = Progress.start("training", 100)) {
      BundleExport.Exported exported =
          run.writeTo(
              model,
              signer,
              fitted -> {
                speed.onRound(fitted);
                progress.at(
                    fitted.round() * 100L / fitted.rounds(),
                    "loss %.2f nats".formatted(fitted.loss().total()));
              });
      progress.at(100, "done"); // a fit that stops early never comes that far by itself
      return exported;
    }
  }

  private static String speedText(
      FitSpeed speed, TrainingSettings settings, BundleExport.Exported exported) {
    long rows = exported.bundle().manifest().lineage().rowsFitted();
    return speed.text(
        (int) Math.min(settings.fit().batchSize(), rows), MatrixMultiply.fastest().name());
  }

  /** What a person wants to know of a finished training. */
  private static String summary(BundleExport.Exported exported, Path model) {
    Manifest manifest = exported.bundle().manifest();
    Lineage lineage = manifest.lineage();
    StringBuilder text = new StringBuilder();
    text.append("model      %s%n".formatted(model));
    text.append("bundle     %s%n".formatted(exported.bundle().id()));
    text.append(
        "data       %,d rows, %d %s: %,d fitted, %,d held out%s%s%n"
            .formatted(
                lineage.rowsRead(),
                manifest.sensors().size(),
                manifest.sensors().size() == 1 ? "sensor" : "sensors",
                lineage.rowsFitted(),
                lineage.rowsHeldOut(),
                leftOut(lineage),
                refitted(lineage)));
    text.append("input      %s%n".formatted(lineage.settings().get("input")));
    text.append(
        "held out   negative ELBO %.3f nats on average (reconstruction %.3f, KL %.3f)%n"
            .formatted(
                lineage.metrics().get("heldOut.negativeElbo"),
                lineage.metrics().get("heldOut.reconstruction"),
                lineage.metrics().get("heldOut.kl")));
    text.append(health(lineage));
    text.append(
        "ONNX       re-scored the golden observations within %.1e nats%n"
            .formatted(exported.goldenError()));
    text.append(ThresholdText.of(manifest));
    return text.toString();
  }

  /** What the networks bought, and whether all of them is used. */
  private static String health(Lineage lineage) {
    Map<String, Double> metrics = lineage.metrics();
    StringBuilder text = new StringBuilder();
    if (metrics.containsKey("heldOut.gapToPca")) {
      double gap = metrics.get("heldOut.gapToPca");
      text.append(
          "PCA        %.3f nats %s than probabilistic PCA with as many latents%n"
              .formatted(Math.abs(gap), gap <= 0 ? "fewer" : "more"));
    }
    text.append("latents    %.0f active%n".formatted(metrics.get("latents.active")));
    return text.toString();
  }

  private static String refitted(Lineage lineage) {
    return Boolean.parseBoolean(lineage.settings().get("refit"))
        ? "; in the end fitted again to all of them"
        : "";
  }

  private static String leftOut(Lineage lineage) {
    return lineage.rowsLeftOut().entrySet().stream()
        .filter(reason -> reason.getValue() > 0)
        .map(reason -> ", %,d left out (%s)".formatted(reason.getValue(), reason.getKey()))
        .collect(Collectors.joining());
  }
}
