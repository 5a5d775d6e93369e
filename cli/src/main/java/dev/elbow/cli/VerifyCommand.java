package dev.elbow.cli;

import dev.elbow.bundle.BundleReader;
import dev.elbow.bundle.ModelBundle;
import dev.elbow.bundle.TrustedKey;
import dev.elbow.detector.modeltopic.PublishedModels;
import dev.elbow.detector.replay.AnomalySearch;
import dev.elbow.detector.replay.Circumstances;
import dev.elbow.detector.replay.Finding;
import dev.elbow.detector.replay.TopicRecords;
import dev.elbow.detector.replay.Verification;
import dev.elbow.event.Anomaly;
import dev.elbow.input.InvalidInputException;
import dev.elbow.scoring.ObservedShare;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code verify}: whether the numbers of a published anomaly hold. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Finds a published anomaly, reads its source record again, scores it with the model it names,"
          + " and says field by field whether the published numbers hold.",
      "It writes nothing and joins no group."
    },
    footer = {"", "Exit codes: 0 all hold, 1 something differs, 2 it cannot be verified, and why."})
public final class VerifyCommand implements ElbowCommand {

  @Option(
      names = "--anomaly",
      required = true,
      paramLabel = "ID|TOPIC-PARTITION-OFFSET",
      description = "Its id; or where it lies on the anomalies topic, or where its source does.")
  private String anomaly = "";

  @Option(
      names = "--model",
      arity = "1..*",
      paramLabel = "DIR",
      description = "Bundles, the one it names among them.")
  private List<Path> models = List.of();

  @Option(
      names = "--models-topic",
      paramLabel = "TOPIC",
      description =
          "Instead of --model: where the bundles are published. Rows before it are judged by the"
              + " models that the topic has for them, as the detector did.")
  private Optional<String> modelsTopic = Optional.empty();

  @Option(
      names = "--public-key",
      paramLabel = "FILE",
      description = "Refuse a bundle unless it is signed with this key (see sign).")
  private Optional<Path> publicKey = Optional.empty();

  @Option(
      names = "--anomalies-topic",
      paramLabel = "TOPIC",
      defaultValue = "anomalies",
      description = "Where it was published. Default: ${DEFAULT-VALUE}.")
  private String topic = "";

  @Option(
      names = "--acknowledgements-topic",
      paramLabel = "TOPIC",
      description =
          "topics.acknowledgements of the detector, if it had one: what was acknowledged is usual"
              + " from then on. Default: none.")
  private Optional<String> acknowledgements = Optional.empty();

  @Option(
      names = "--since",
      paramLabel = "OFFSET",
      description =
          "The first offset of the source partition that the model judged. Default: as many rows of"
              + " the entity are read as its averages can remember.")
  private Optional<Long> since = Optional.empty();

  @Option(
      names = "--observed-fraction-min",
      paramLabel = "SHARE",
      description = "observed.fraction.min of the detector. Default: ${DEFAULT-VALUE}.")
  private double observedShare = ObservedShare.DEFAULT.least();

  @Mixin private FormatOptions format = new FormatOptions();
  @Mixin private KafkaOptions kafka = new KafkaOptions();

  @Override
  public Integer call() throws IOException {
    if (models.isEmpty() == modelsTopic.isEmpty()) {
      throw new InvalidInputException(
          "expected either --model DIR or --models-topic TOPIC, found "
              + (models.isEmpty() ? "neither" : "both"));
    }
    Circumstances circumstances =
        new Circumstances(
            format.format(),
            ObservedShares.of("--observed-fraction-min", observedShare),
            acknowledgements,
            since);
    Optional<TrustedKey> signer = publicKey.map(TrustedKey::read);
    try (TopicRecords records = TopicRecords.open(kafka.clientSettings(), TopicQuestion.PATIENCE)) {
      Anomaly published = new AnomalySearch(records, topic).find(anomaly);
      Verification verification =
          modelsTopic.isPresent()
              ? byTopic(records, published, modelsTopic.get(), signer, circumstances)
              : Verification.of(records, published, modelOf(published, signer), circumstances);
      System.out.print(text(verification));
      return verification.differences().isEmpty() ? 0 : 1;
    }
  }

  private static Verification byTopic(
      TopicRecords records,
      Anomaly published,
      String modelsTopic,
      Optional<TrustedKey> signer,
      Circumstances circumstances)
      throws IOException {
    Path bundles = Files.createTempDirectory("elbow-verify");
    try (PublishedModels models = new PublishedModels(modelsTopic, bundles, signer)) {
      TopicPartition partition = records.partition(modelsTopic, 0);
      records.read(
          partition,
          records.first(partition),
          records.end(partition),
          batch -> batch.forEach(models::take));
      return Verification.of(records, published, models, circumstances);
    } finally {
      delete(bundles);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> entries = Files.walk(directory)) {
      for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) { // children first
        Files.deleteIfExists(entry);
      }
    }
  }

  private ModelBundle modelOf(Anomaly published, Optional<TrustedKey> signer) {
    List<String> others = new ArrayList<>();
    for (Path model : models) {
      ModelBundle bundle = BundleReader.read(model, signer);
      if (bundle.id().equals(published.model())) {
        return bundle;
      }
      others.add("%s is %s".formatted(model, bundle.id()));
    }
    throw new InvalidInputException(
        "--model: anomaly %s was scored by bundle %s; found: %s"
            .formatted(published.id(), published.model(), String.join(", ", others)));
  }

  private String text(Verification verification) {
    Anomaly anomaly = verification.anomaly();
    StringBuilder text = new StringBuilder();
    text.append("anomaly    %s of %s%n".formatted(anomaly.id(), anomaly.entity()));
    text.append(
        "source     %s, with %,d rows of the entity before it%n"
            .formatted(anomaly.source(), verification.rowsBefore()));
    text.append("model      %s%n".formatted(anomaly.model()));
    verification
        .inItsPlace()
        .ifPresent(
            other ->
                text.append(
                    "           the topic has %s for this record by now: its activation came late%n"
                        .formatted(other)));
    text.append("detector   %s%n".formatted(anomaly.detector()));
    text.append("tolerance  %.2g nats%n%n".formatted(verification.tolerance()));
    for (Finding finding : verification.findings()) {
      text.append(
          "%-8s %-32s %s%n"
              .formatted(
                  finding.holds() ? "holds" : "DIFFERS",
                  finding.field(),
                  finding.holds()
                      ? finding.published()
                      : "published %s, now %s".formatted(finding.published(), finding.again())));
    }
    return text.append(conclusion(verification)).toString();
  }

  private String conclusion(Verification verification) {
    List<Finding> differences = verification.differences();
    if (differences.isEmpty()) {
      return "%nAll %d fields hold.%n".formatted(verification.findings().size());
    }
    String names = differences.stream().map(Finding::field).collect(Collectors.joining(", "));
    boolean historyAlone = differences.stream().allMatch(Finding::ofHistory);
    return "%nDiffers in: %s.%n%s".formatted(names, historyAlone ? aboutHistory(verification) : "");
  }

  private String aboutHistory(Verification verification) {
    List<String> reasons = new ArrayList<>();
    if (!verification.enoughRows()) {
      reasons.add("that not all of them are retained");
    }
    if (modelsTopic.isEmpty() || verification.inItsPlace().isPresent()) {
      reasons.add("a model that began later than they did (--since OFFSET says where)");
    }
    reasons.add(
        acknowledgements.isEmpty()
            ? "an acknowledgement (--acknowledgements-topic TOPIC replays them)"
            : "an acknowledgement that is no longer retained");
    return String.format(
        "The score of the row itself holds. What differs depends on the rows before it;"
            + " this would explain it: %s.%n",
        String.join(", or ", reasons));
  }
}
