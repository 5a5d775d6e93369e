package dev.elbow.cli;

import dev.elbow.bundle.BundleReader;
import dev.elbow.bundle.ModelBundle;
import dev.elbow.bundle.TrustedKey;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which bundle a command scores with, and who must have signed it. */
final class BundleOptions {

  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "The bundle, a directory or a zip.")
  private Path model = Path.of("");

  @Option(
      names = "--public-key",
      paramLabel = "FILE",
      description = "Refuse the bundle unless it is signed with this key (see sign).")
  private Optional<Path> publicKey = Optional.empty();

  /**
   * Reads it.
   *
   * @throws dev.elbow.input.InvalidInputException if it cannot be read, or is not signed as asked
   */
  ModelBundle read() {
    return BundleReader.read(model, publicKey.map(TrustedKey::read));
  }
}
