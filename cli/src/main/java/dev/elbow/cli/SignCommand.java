package dev.elbow.cli;

import dev.elbow.bundle.BundleReader;
import dev.elbow.bundle.BundleWriter;
import dev.elbow.bundle.ModelBundle;
import dev.elbow.bundle.SigningKey;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sign}: says of a bundle that it may score. */
@Command(
    name = "sign",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Signs a bundle, a directory or a zip, in its place. Its id stays as it is.",
      "A detector with model.public.key takes signed bundles alone."
    })
public final class SignCommand implements ElbowCommand {

  @Option(names = "--model", required = true, paramLabel = "DIR", description = "The bundle.")
  private Path model = Path.of("");

  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE",
      description = "The private key, PKCS#8 in PEM: of keygen or OpenSSL.")
  private Path key = Path.of("");

  @Override
  public Integer call() {
    SigningKey signer = SigningKey.read(key);
    ModelBundle signed = BundleReader.read(model).signedWith(signer);
    if (Files.isDirectory(model)) {
      BundleWriter.write(signed, model);
    } else {
      BundleWriter.writeZip(signed, model);
    }
    System.out.printf("signed %s: bundle %s%n", model, signed.id());
    return 0;
  }
}
