package dev.elbow.bundle;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbow.input.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignatureTest {

  /**
   * The key of the first test in section 7.1 of RFC 8032, as OpenSSL 3 writes it by {@code openssl
   * pkey} and {@code -pubout}, and its signature of the bundle by {@code openssl pkeyutl -sign
   * -rawin -in SHA256SUMS}.
   */
  private static final Path OPENSSL = Path.of("src/test/resources/openssl");

  private final Path directory;
  private final Path model;
  private final Path key;
  private Optional<TrustedKey> signer = Optional.empty();

  SignatureTest(@TempDir Path directory) {
    this.directory = directory;
    this.model = directory.resolve("model");
    this.key = directory.resolve("key");
  }

  @BeforeEach
  void makeAKey() {
    signer = Optional.of(SigningKey.generate(key));
  }

  @Test
  void acceptsWhatIsSignedAndKeepsItsId() {
    BundleWriter.write(signed(), model);

    ModelBundle read = BundleReader.read(model, publicKey());

    assertThat(read.id()).isEqualTo(Bundles.small().id());
    assertThat(read.files()).containsKey("SIGNATURE");
  }

  @Test
  void carriesTheSignatureInTheZip() {
    byte[] zip = BundleWriter.toZip(signed());

    ModelBundle read = BundleReader.readZip("upload", zip, signer);

    assertThat(read.id()).isEqualTo(Bundles.small().id());
    assertThat(BundleWriter.toZip(read)).isEqualTo(zip);
  }

  @Test
  void takesASignedBundleWhereNobodyAsksForASignature() {
    BundleWriter.write(signed(), model);

    assertThat(BundleReader.read(model).id()).isEqualTo(Bundles.small().id());
  }

  @Test
  void refusesWhatIsNotSigned() {
    BundleWriter.write(Bundles.small(), model);

    assertRefused("SIGNATURE: missing; only bundles signed with the key ", "elbow sign");
  }

  @Test
  void refusesWhatAnotherHasSigned() {
    SigningKey.generate(directory.resolve("other"));
    SigningKey other = SigningKey.read(directory.resolve("other"));
    BundleWriter.write(Bundles.small().signedWith(other), model);

    assertRefused("SIGNATURE: not made with the key ");
  }

  /** The sums fit the changed file again; only the signature tells. */
  @Test
  void refusesAnotherBundleUnderTheSignature() throws IOException {
    BundleWriter.write(signed(), model);
    byte[] signature = Files.readAllBytes(model.resolve("SIGNATURE"));
    BundleWriter.write(
        Bundles.of(Bundles.manifest(4), new Golden(0.5, Bundles.GOLDEN.observations())), model);
    Files.write(model.resolve("SIGNATURE"), signature);

    assertRefused("SIGNATURE: not made with the key ", "SHA256SUMS was changed since");
  }

  @Test
  void refusesASignatureOfAnotherLength() throws IOException {
    BundleWriter.write(signed(), model);
    Files.write(model.resolve("SIGNATURE"), new byte[63]);

    assertRefused("SIGNATURE: expected 64 bytes, found 63");
  }

  @Test
  void parsesNothingThatIsNotSigned() throws IOException {
    BundleWriter.write(Bundles.small(), model);
    Files.writeString(model.resolve("manifest.json"), "no manifest, and no digest of it");

    assertRefused("SIGNATURE: missing");
  }

  @Test
  void replacesASignedBundle() {
    BundleWriter.write(signed(), model);

    BundleWriter.write(Bundles.small(), model);

    assertThat(model.resolve("SIGNATURE")).doesNotExist();
  }

  @Test
  void readsWhatOpensslWrites() {
    SigningKey opensslKey = SigningKey.read(OPENSSL.resolve("key.pem"));
    Optional<TrustedKey> opensslPublic = Optional.of(TrustedKey.read(OPENSSL.resolve("key.pub")));
    BundleWriter.write(Bundles.small().signedWith(opensslKey), model);

    assertThat(BundleReader.read(model, opensslPublic).id()).isEqualTo(Bundles.small().id());
    assertThat(model.resolve("SIGNATURE")).hasSameBinaryContentAs(OPENSSL.resolve("SIGNATURE"));
    assertThat(opensslPublic.get().fingerprint()).isEqualTo("06e3fd8fda29bb60");
  }

  @Test
  void showsThePrivateKeyToItsOwnerAlone() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
  }

  @Test
  void overwritesNoKey() {
    assertThatThrownBy(() -> SigningKey.generate(key))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("a key is not overwritten");
  }

  @Test
  void saysThatAPrivateKeyIsNoPublicOneAndDoesNotRepeatIt() throws IOException {
    String secret = secret();

    assertThatThrownBy(() -> TrustedKey.read(key))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected a PUBLIC KEY, found a PRIVATE KEY")
        .hasMessageNotContaining(secret);
  }

  @Test
  void refusesKeysOfAnotherKind() throws IOException, NoSuchAlgorithmException {
    byte[] rsa = KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate().getEncoded();
    Files.write(key, Pem.toBytes(Pem.PRIVATE_KEY, rsa));

    assertThatThrownBy(() -> SigningKey.read(key))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected a private key of Ed25519, found another kind");
  }

  @Test
  void refusesWhatIsNoKey() throws IOException {
    Files.write(key, "ssh-ed25519 AAAA".getBytes(US_ASCII));

    assertThatThrownBy(() -> SigningKey.read(key))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected a key in PEM");
  }

  private ModelBundle signed() {
    return Bundles.small().signedWith(SigningKey.read(key));
  }

  private Optional<TrustedKey> publicKey() {
    return Optional.of(TrustedKey.read(SigningKey.publicFile(key)));
  }

  private String secret() throws IOException {
    return Files.readAllLines(key).get(1);
  }

  private void assertRefused(String... messageParts) {
    assertThatThrownBy(() -> BundleReader.read(model, signer))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(model.toString())
        .hasMessageContainingAll(messageParts);
  }
}
