package dev.elbow.cli;

import dev.elbow.bundle.SigningKey;
import dev.elbow.bundle.TrustedKey;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code keygen}: a pair of keys to sign bundles with. */
@Command(
    name = "keygen",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Makes an Ed25519 key to sign bundles with, and its public half, in PEM.",
      "Keep the first to yourself. Detectors are given the second: model.public.key."
    })
public final class KeygenCommand implements ElbowCommand {

  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE",
      description = "Where the private key goes; the public one goes to FILE.pub.")
  private Path key = Path.of("");

  @Override
  public Integer call() {
    TrustedKey made = SigningKey.generate(key);
    System.out.printf(
        "private key  %s%npublic key   %s, fingerprint %s%n",
        key, SigningKey.publicFile(key), made.fingerprint());
    return 0;
  }
}
