package dev.elbow.detector;

import dev.elbow.bundle.TrustedKey;
import dev.elbow.detector.ConfigKeys.InputFormat;
import dev.elbow.detector.ConfigSources.Setting;
import dev.elbow.detector.metrics.OpsSettings;
import dev.elbow.event.ObservationAvro;
import dev.elbow.event.ObservationFormat;
import dev.elbow.event.ObservationJson;
import dev.elbow.event.WriterSchemas;
import dev.elbow.input.InvalidInputException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Holds what was given against the rules and collects everything that breaks one. */
final class ConfigReader {

  /** A name this many changes away from a known one, or fewer, is taken for a slip. */
  private static final int SLIP = 3;

  private final Map<String, Setting> given;
  private final Map<ConfigKey<?>, Object> values = new HashMap<>();
  private final Map<String, String> security = new TreeMap<>();
  private final List<String> errors = new ArrayList<>();
  private final ObservationFormat inputFormat;
  private final Optional<TrustedKey> modelSigner;
  private final Optional<OpsSettings> ops;

  ConfigReader(ConfigSources sources) {
    this.given = sources.settings();
    ConfigKeys.ALL.forEach(this::check);
    given.forEach(this::passThroughOrRefuse);
    checkModels();
    checkTopicsDiffer();
    checkSecretsAreNotOnTheCommandLine();
    this.inputFormat = inputFormatOrError();
    this.modelSigner = modelSignerOrError();
    this.ops = opsOrError();
    if (!errors.isEmpty()) {
      throw new InvalidInputException(
          "configuration: %d %s%n  %s"
              .formatted(
                  errors.size(),
                  errors.size() == 1 ? "error" : "errors",
                  String.join(System.lineSeparator() + "  ", errors)));
    }
  }

  /** The value of a key; all have been checked. */
  @SuppressWarnings("unchecked") // check() puts what the key's own rule made, a T
  <T> T get(ConfigKey<T> key) {
    return (T) Objects.requireNonNull(values.get(key), key.name());
  }

  /** How observations are written, with the schemas read. */
  ObservationFormat inputFormat() {
    return inputFormat;
  }

  /** Who must have signed bundles, with the key read. */
  Optional<TrustedKey> modelSigner() {
    return modelSigner;
  }

  /** Where and to whom metrics and health are served. */
  OpsSettings ops() {
    return ops.orElseThrow(); // or there were errors
  }

  /** What Kafka's clients are to be given as it is. */
  Map<String, String> security() {
    return security;
  }

  private void check(ConfigKey<?> key) {
    Setting setting = given.get(key.name());
    String text = setting == null ? key.fallback() : setting.value();
    Optional<?> value = key.rule().parse().apply(text);
    if (value.isPresent()) {
      values.put(key, value.get());
    } else {
      errors.add(
          "%s: %s; found: %s"
              .formatted(
                  key.name(),
                  key.rule().text(),
                  setting == null ? "nothing" : setting.value() + " (" + setting.origin() + ")"));
    }
  }

  /** Names no value: that of a mistyped password would be a secret. */
  private void passThroughOrRefuse(String name, Setting setting) {
    if (ConfigKeys.passesThrough(name)) {
      security.put(name, setting.value());
    } else if (ConfigKeys.ALL.stream().noneMatch(key -> key.name().equals(name))) {
      String suggestion = closest(name).map(known -> "; did you mean " + known + "?").orElse("");
      errors.add("%s: unknown key (%s)%s".formatted(name, setting.origin(), suggestion));
    }
  }

  private void checkTopicsDiffer() {
    List<ConfigKey<String>> needed =
        List.of(TopicKeys.OBSERVATIONS, TopicKeys.ANOMALIES, TopicKeys.REJECTIONS);
    List<ConfigKey<Optional<String>>> asked =
        List.of(TopicKeys.EPISODES, TopicKeys.SCORES, TopicKeys.ACKNOWLEDGEMENTS, TopicKeys.MODELS);
    List<String> topics =
        Stream.concat(
                needed.stream().filter(values::containsKey).map(this::get),
                asked.stream().filter(values::containsKey).flatMap(key -> get(key).stream()))
            .toList();
    if (new HashSet<>(topics).size() != topics.size()) {
      errors.add("topics: all of them different; found: " + String.join(", ", topics));
    }
  }

  /** Looks at what was given: a value that breaks its own rule is an error already. */
  private void checkModels() {
    boolean directory = isGiven(ConfigKeys.MODEL_DIRECTORY);
    boolean topic = isGiven(TopicKeys.MODELS);
    if (directory == topic) {
      errors.add(
          "model.directory, topics.models: exactly one of them; found: "
              + (topic ? "both" : "neither"));
    }
    if (isGiven(ConfigKeys.MODEL_PIN) && !topic) {
      errors.add("model.pin: only with topics.models; found: it alone");
    }
  }

  private boolean isGiven(ConfigKey<?> key) {
    Setting setting = given.get(key.name());
    return setting != null && !setting.value().isEmpty();
  }

  /** Where everybody on the machine can read them. */
  private void checkSecretsAreNotOnTheCommandLine() {
    for (ConfigKey<?> key : OpsKeys.SECRETS) {
      Setting setting = given.get(key.name());
      if (setting != null && setting.origin().equals(ConfigSources.COMMAND_LINE)) {
        errors.add(
            "%s: not on the command line, which everybody on this machine can read; set %s or %s.file"
                .formatted(key.name(), key.environmentVariable(), key.name()));
      }
    }
  }

  /** Empty if what it needs is wrong in itself, which is an error already. */
  private Optional<OpsSettings> opsOrError() {
    return OpsKeys.ALL.stream().allMatch(values::containsKey)
        ? Optional.of(OpsConfig.read(this, errors))
        : Optional.empty();
  }

  private ObservationFormat inputFormatOrError() {
    boolean avro = values.get(ConfigKeys.INPUT_FORMAT) == InputFormat.AVRO;
    String schemas = get(ConfigKeys.INPUT_SCHEMA);
    if (avro) {
      try {
        return new ObservationAvro(WriterSchemas.read(schemas));
      } catch (InvalidInputException e) {
        errors.add(ConfigKeys.INPUT_SCHEMA.name() + ": " + e.getMessage());
      }
    } else if (!schemas.isEmpty()) {
      errors.add("input.schema: only with input.format=avro; found: " + schemas);
    }
    return ObservationJson.FORMAT;
  }

  private Optional<TrustedKey> modelSignerOrError() {
    try {
      return get(ConfigKeys.MODEL_PUBLIC_KEY).map(TrustedKey::read);
    } catch (InvalidInputException e) {
      errors.add(ConfigKeys.MODEL_PUBLIC_KEY.name() + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  private static Optional<String> closest(String name) {
    return Stream.concat(
            ConfigKeys.ALL.stream().map(ConfigKey::name), Stream.of("security.protocol"))
        .filter(known -> distance(name, known) <= SLIP)
        .min(Comparator.comparingInt(known -> distance(name, known)));
  }

  /** How many characters must be put in, left out or changed to get from one to the other. */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
