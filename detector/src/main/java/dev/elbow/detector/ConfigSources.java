package dev.elbow.detector;

import dev.elbow.input.InvalidInputException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Gathers settings from file, environment and command line; the later of these wins. */
final class ConfigSources {

  static final String ENVIRONMENT_PREFIX = "ELBOW_";

  /** An origin. */
  static final String COMMAND_LINE = "the command line";

  /**
   * Variables of that prefix that are no settings: those of launcher and log, and what Kubernetes
   * puts into every pod beside a service called elbow.
   */
  private static final Pattern FOREIGN =
      Pattern.compile(
          "ELBOW_((JAVA_OPTS|LOG_LEVEL|ROOT_LOG_LEVEL)=.*"
              + "|(.+_)?SERVICE_(HOST|PORT)(_.+)?=.*"
              + "|(.+_)?PORT=(tcp|udp|sctp)://.*"
              + "|(.+_)?PORT_\\d+_.+=.*)",
          Pattern.DOTALL);

  private final Map<String, Setting> settings = new TreeMap<>();

  /**
   * What one setting was given as.
   *
   * @param value stripped, not empty
   * @param origin where, for messages
   */
  record Setting(String value, String origin) {}

  /**
   * @param file a Java properties file in UTF-8
   * @param environment variables of other names are not looked at
   * @param options from the command line, by the names of the keys
   * @throws InvalidInputException if the file cannot be read
   */
  ConfigSources(Optional<Path> file, Map<String, String> environment, Map<String, String> options) {
    file.ifPresent(path -> load(path).forEach((name, value) -> put(name, value, path.toString())));
    Map<String, String> names = namesByVariable();
    environment.forEach(
        (variable, value) -> {
          if (variable.startsWith(ENVIRONMENT_PREFIX)
              && !FOREIGN.matcher(variable + "=" + value).matches()) {
            put(names.getOrDefault(variable, nameOf(variable)), value, variable);
          }
        });
    options.forEach((name, value) -> put(name, value, COMMAND_LINE));
  }

  /** By name, in the order of the names. */
  Map<String, Setting> settings() {
    return settings;
  }

  private void put(String name, String value, String origin) {
    if (!value.isBlank()) {
      settings.put(name, new Setting(value.strip(), origin));
    }
  }

  private static Map<String, String> namesByVariable() {
    Map<String, String> names = new HashMap<>();
    ConfigKeys.ALL.forEach(key -> names.put(key.environmentVariable(), key.name()));
    return names;
  }

  private static String nameOf(String variable) {
    return variable
        .substring(ENVIRONMENT_PREFIX.length())
        .toLowerCase(Locale.ROOT)
        .replace('_', '.');
  }

  private static Map<String, String> load(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (NoSuchFileException e) {
      throw new InvalidInputException(file + ": no such file; expected a properties file", e);
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidInputException(
          file + ": cannot be read as a properties file in UTF-8: " + e.getMessage(), e);
    }
    Map<String, String> entries = new HashMap<>();
    properties
        .stringPropertyNames()
        .forEach(name -> entries.put(name, properties.getProperty(name)));
    return entries;
  }
}
