package dev.elbow.detector;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The settings of the operations port, in the order of the table. */
final class OpsKeys {

  static final ConfigKey<String> HOST =
      new ConfigKey<>(
          "metrics.host",
          ConfigRule.host(),
          "127.0.0.1",
          "Address of /metrics, /health/live and /health/ready; 0.0.0.0 for all of this"
              + " machine's.");

  static final ConfigKey<Integer> PORT =
      new ConfigKey<>(
          "metrics.port",
          ConfigRule.wholeNumber(0, 65_535),
          "9464",
          "Their port; 0 for any that is free.");

  static final ConfigKey<Optional<String>> USER =
      new ConfigKey<>(
          "metrics.user",
          ConfigRule.userOrNone(),
          "",
          "Who may read /metrics, by a password (Basic authentication). Health can be asked without,"
              + " but does not say why then.");

  static final ConfigKey<Optional<Secret>> PASSWORD =
      new ConfigKey<>(
          "metrics.password",
          ConfigRule.secretOrNone(),
          "",
          "The password of metrics.user, or its hash from elbow hash-password.");

  static final ConfigKey<Optional<Path>> PASSWORD_FILE =
      new ConfigKey<>(
          "metrics.password.file",
          ConfigRule.pathOrNone(),
          "",
          "Or a file with the same as its first line.");

  static final ConfigKey<Optional<Path>> KEYSTORE =
      new ConfigKey<>(
          "metrics.keystore",
          ConfigRule.pathOrNone(),
          "",
          "A PKCS #12 file with a private key and its certificate, for TLS on metrics.port. It is read"
              + " at the start.");

  static final ConfigKey<Optional<Secret>> KEYSTORE_PASSWORD =
      new ConfigKey<>(
          "metrics.keystore.password",
          ConfigRule.secretOrNone(),
          "",
          "The password of metrics.keystore.");

  static final ConfigKey<Optional<Path>> KEYSTORE_PASSWORD_FILE =
      new ConfigKey<>(
          "metrics.keystore.password.file",
          ConfigRule.pathOrNone(),
          "",
          "Or a file with the same as its first line.");

  /** All of them. */
  static final List<ConfigKey<?>> ALL =
      List.of(
          HOST,
          PORT,
          USER,
          PASSWORD,
          PASSWORD_FILE,
          KEYSTORE,
          KEYSTORE_PASSWORD,
          KEYSTORE_PASSWORD_FILE);

  /** Those whose values are shown nowhere and may not be given on the command line. */
  static final List<ConfigKey<?>> SECRETS = List.of(PASSWORD, KEYSTORE_PASSWORD);

  private OpsKeys() {}
}
