package dev.elbow.cli;

import dev.elbow.bundle.BundleReader;
import dev.elbow.bundle.ModelBundle;
import dev.elbow.bundle.TrustedKey;
import dev.elbow.detector.replay.AnomalySearch;
import dev.elbow.detector.replay.Finding;
import dev.elbow.detector.replay.TopicRecords;
import dev.elbow.detector.replay.Verification;
import dev.elbow.event.Anomaly;
import dev.elbow.input.InvalidInputException;
import dev.elbow.scoring.ObservedShare;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
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
      required = true,
      arity = "1..*",
      paramLabel = "DIR",
      description = "Bundles, the one it names among them.")
  private List<Path> models = List.of();

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
  public Integer call() {
    try (TopicRecords records = TopicRecords.open(kafka.clientSettings(), TopicQuestion.PATIENCE)) {
      Anomaly published = new AnomalySearch(records, topic).find(anomaly);
      Verification verification =
          Verification.of(
              records,
              published,
              modelOf(published),
              format.format(),
              ObservedShares.of("--observed-fraction-min", observedShare),
              since);
      System.out.print(text(verification));
      return verification.differences().isEmpty() ? 0 : 1;
    }
  }

  private ModelBundle modelOf(Anomaly published) {
    Optional<TrustedKey> signer = publicKey.map(TrustedKey::read);
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

  private static String text(Verification verification) {
    Anomaly anomaly = verification.anomaly();
    StringBuilder text = new StringBuilder();
    text.append("anomaly    %s of %s%n".formatted(anomaly.id(), anomaly.entity()));
    text.append(
        "source     %s, with %,d rows of the entity before it%n"
            .formatted(anomaly.source(), verification.rowsBefore()));
    text.append("model      %s%n".formatted(anomaly.model()));
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

  private static String conclusion(Verification verification) {
    List<Finding> differences = verification.differences();
    if (differences.isEmpty()) {
      return "%nAll %d fields hold.%n".formatted(verification.findings().size());
    }
    String names = differences.stream().map(Finding::field).collect(Collectors.joining(", "));
    boolean historyAlone = differences.stream().allMatch(Finding::ofHistory);
    return "%nDiffers in: %s.%n%s".formatted(names, historyAlone ? aboutHistory(verification) : "");
  }

  private static String aboutHistory(Verification verification) {
    return String.format(
        "The score of the row itself holds. What differs depends on the rows before it:%s a model"
            + " that began later than they did (--since OFFSET says where), or an acknowledgement,"
            + " which is not replayed, would explain it.%n",
        verification.enoughRows() ? "" : " not all of them are retained;");
  }
}
