package dev.elbow.detector;

import dev.elbow.event.Activation;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What a setting's value may be.
 *
 * @param text the rule, for a person
 * @param parse the value a text stands for; empty if it breaks the rule
 */
record ConfigRule<T>(String text, Function<String, Optional<T>> parse) {

  private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,249}");
  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(\\[[^\\]]+\\]|[^\\s,:]+):\\d{1,5}");

  static ConfigRule<String> hostsAndPorts() {
    return matching(
        "host:port, several with commas",
        text -> Arrays.stream(text.split(",", -1)).allMatch(part -> isHostAndPort(part.strip())));
  }

  private static boolean isHostAndPort(String text) {
    return HOST_AND_PORT.matcher(text).matches()
        && Integer.parseInt(text.substring(text.lastIndexOf(':') + 1)) <= 65_535;
  }

  /** A topic's name, which application ids must be like, too. */
  static ConfigRule<String> kafkaName() {
    return matching("1 to 249 of the characters a-z A-Z 0-9 . _ -", ConfigRule::isKafkaName);
  }

  static ConfigRule<Optional<String>> kafkaNameOrNone() {
    return new ConfigRule<>(
        kafkaName().text() + ", or empty for none",
        text ->
            text.isEmpty() || isKafkaName(text)
                ? Optional.of(Optional.of(text).filter(name -> !name.isEmpty()))
                : Optional.empty());
  }

  /** A topic's name; the word off stands for none. */
  static ConfigRule<Optional<String>> kafkaNameOrOff() {
    return new ConfigRule<>(
        kafkaName().text() + ", or off",
        text ->
            isKafkaName(text)
                ? Optional.of(Optional.of(text).filter(name -> !name.equals("off")))
                : Optional.empty());
  }

  private static boolean isKafkaName(String text) {
    return TOPIC.matcher(text).matches() && !text.equals(".") && !text.equals("..");
  }

  static ConfigRule<String> host() {
    return matching("a host name or an address", text -> Pattern.matches("[^\\s/,]+", text));
  }

  static ConfigRule<Path> path() {
    return new ConfigRule<>(
        "a path",
        text -> {
          try {
            return Optional.of(text).filter(some -> !some.isEmpty()).map(Path::of);
          } catch (InvalidPathException noPath) {
            return Optional.empty();
          }
        });
  }

  static ConfigRule<Optional<Path>> pathOrNone() {
    return new ConfigRule<>(
        path().text() + ", or empty for none",
        text -> {
          Optional<Path> some = path().parse().apply(text);
          return text.isEmpty() || some.isPresent() ? Optional.of(some) : Optional.empty();
        });
  }

  static ConfigRule<Optional<String>> bundleIdOrNone() {
    return new ConfigRule<>(
        "the id of a bundle, 64 hexadecimal digits, or empty for none",
        text ->
            text.isEmpty() || Activation.isBundleId(text)
                ? Optional.of(Optional.of(text).filter(id -> !id.isEmpty()))
                : Optional.empty());
  }

  /** A colon ends the user's name where it is sent. */
  static ConfigRule<Optional<String>> userOrNone() {
    return new ConfigRule<>(
        "a name without a colon, or empty for none",
        text ->
            text.contains(":")
                ? Optional.empty()
                : Optional.of(Optional.of(text).filter(name -> !name.isEmpty())));
  }

  static ConfigRule<Optional<Secret>> secretOrNone() {
    return new ConfigRule<>(
        "a secret, not on the command line; empty for none",
        text -> Optional.of(Optional.of(text).filter(some -> !some.isEmpty()).map(Secret::new)));
  }

  /** What the files hold is looked at later, when it is known that they are needed. */
  static ConfigRule<String> schemas() {
    return matching(
        "a file, or id=file, several with commas; empty for the published schema", text -> true);
  }

  static ConfigRule<Integer> wholeNumber(int least, int most) {
    String text =
        most == Integer.MAX_VALUE
            ? "a whole number of at least " + least
            : "a whole number from %d to %d".formatted(least, most);
    return new ConfigRule<>(
        text,
        value -> {
          try {
            return Optional.of(Integer.valueOf(value))
                .filter(number -> number >= least && number <= most);
          } catch (NumberFormatException noNumber) {
            return Optional.empty();
          }
        });
  }

  /** The word auto stands for a number that is found at the start. */
  static ConfigRule<Optional<Integer>> wholeNumberOrAuto(int least, int most) {
    ConfigRule<Integer> number = wholeNumber(least, most);
    return new ConfigRule<>(
        number.text() + ", or auto",
        text -> {
          Optional<Integer> some = number.parse().apply(text);
          return text.equals("auto") || some.isPresent() ? Optional.of(some) : Optional.empty();
        });
  }

  static ConfigRule<Duration> milliseconds(int least) {
    ConfigRule<Integer> number = wholeNumber(least, Integer.MAX_VALUE);
    return new ConfigRule<>(
        number.text() + ", in milliseconds",
        text -> number.parse().apply(text).map(Duration::ofMillis));
  }

  static ConfigRule<Double> fraction() {
    return new ConfigRule<>(
        "a number from 0 to 1",
        text -> {
          try {
            return Optional.of(Double.valueOf(text)).filter(number -> number >= 0 && number <= 1);
          } catch (NumberFormatException noNumber) {
            return Optional.empty();
          }
        });
  }

  static ConfigRule<Double> atLeast(int least) {
    return new ConfigRule<>(
        "a number of at least " + least,
        text -> {
          try {
            return Optional.of(Double.valueOf(text))
                .filter(number -> number >= least && !number.isInfinite());
          } catch (NumberFormatException noNumber) {
            return Optional.empty();
          }
        });
  }

  static ConfigRule<Boolean> yesOrNo() {
    return new ConfigRule<>(
        "true or false",
        text ->
            List.of("true", "false").contains(text)
                ? Optional.of(Boolean.valueOf(text))
                : Optional.empty());
  }

  /** One of an enum's constants, in lower case. */
  static <E extends Enum<E>> ConfigRule<E> oneOf(Class<E> type) {
    List<E> constants = List.of(type.getEnumConstants());
    return new ConfigRule<>(
        String.join(" or ", constants.stream().map(ConfigRule::lowerCase).toList()),
        text -> constants.stream().filter(some -> lowerCase(some).equals(text)).findFirst());
  }

  private static String lowerCase(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static ConfigRule<String> matching(String text, Predicate<String> holds) {
    return new ConfigRule<>(text, value -> Optional.of(value).filter(holds));
  }
}
