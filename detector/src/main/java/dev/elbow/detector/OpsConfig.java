package dev.elbow.detector;

import dev.elbow.detector.metrics.BasicAuthentication;
import dev.elbow.detector.metrics.Keystore;
import dev.elbow.detector.metrics.OpsSettings;
import dev.elbow.detector.metrics.Password;
import dev.elbow.input.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** What the settings say of the operations port, with the files read that they name. */
final class OpsConfig {

  private final ConfigReader values;
  private final List<String> errors;

  private OpsConfig(ConfigReader values, List<String> errors) {
    this.values = values;
    this.errors = errors;
  }

  /**
   * Reads it.
   *
   * @param errors to which everything is added that is wrong
   */
  static OpsSettings read(ConfigReader values, List<String> errors) {
    OpsConfig config = new OpsConfig(values, errors);
    return new OpsSettings(
        values.get(OpsKeys.HOST), values.get(OpsKeys.PORT), config.authentication(), config.tls());
  }

  private Optional<BasicAuthentication> authentication() {
    Optional<String> user = values.get(OpsKeys.USER);
    return secretOf(OpsKeys.USER, user.isPresent(), OpsKeys.PASSWORD, OpsKeys.PASSWORD_FILE)
        .map(password -> new BasicAuthentication(user.orElseThrow(), Password.of(password)));
  }

  private Optional<SSLContext> tls() {
    Optional<Path> keystore = values.get(OpsKeys.KEYSTORE);
    Optional<String> password =
        secretOf(
            OpsKeys.KEYSTORE,
            keystore.isPresent(),
            OpsKeys.KEYSTORE_PASSWORD,
            OpsKeys.KEYSTORE_PASSWORD_FILE);
    try {
      return password.map(secret -> Keystore.read(keystore.orElseThrow(), secret));
    } catch (InvalidInputException e) {
      errors.add(OpsKeys.KEYSTORE.name() + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * The one secret that is needed, or none if none is.
   *
   * @param owner the setting it belongs to
   * @param needed whether that is set
   */
  private Optional<String> secretOf(
      ConfigKey<?> owner,
      boolean needed,
      ConfigKey<Optional<Secret>> direct,
      ConfigKey<Optional<Path>> inFile) {
    Optional<Secret> given = values.get(direct);
    Optional<Path> file = values.get(inFile);
    int count = (given.isPresent() ? 1 : 0) + (file.isPresent() ? 1 : 0);
    if (count != (needed ? 1 : 0)) {
      errors.add(
          "%s: with %s or %s, one of the two, and neither without it; found: %s"
              .formatted(
                  owner.name(),
                  direct.name(),
                  inFile.name(),
                  count == 2 ? "both" : needed ? "none" : "it is not set"));
      return Optional.empty();
    }
    return given.map(Secret::text).or(() -> file.flatMap(path -> firstLine(inFile, path)));
  }

  private Optional<String> firstLine(ConfigKey<?> key, Path file) {
    try {
      String line = Files.readString(file).lines().findFirst().orElse("");
      if (!line.isBlank()) {
        return Optional.of(line.strip());
      }
      errors.add(
          "%s: a file whose first line is the password; found: %s is empty"
              .formatted(key.name(), file));
    } catch (NoSuchFileException e) {
      errors.add("%s: a file that can be read; found: no %s".formatted(key.name(), file));
    } catch (IOException e) {
      errors.add("%s: a file that can be read; found: %s".formatted(key.name(), e));
    }
    return Optional.empty();
  }
}
