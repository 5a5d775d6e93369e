package dev.elbow.bundle;

import dev.elbow.identity.Sha256;
import dev.elbow.input.InvalidInputException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;

/**
 * The public half of an Ed25519 key pair (RFC 8032): whoever pins it accepts bundles alone that the
 * holder of the private half has signed. What is signed is {@code SHA256SUMS}, and so every byte of
 * the bundle.
 */
public final class TrustedKey {

  static final String ALGORITHM = "Ed25519";

  /** The file of a bundle that holds the 64 bytes of its signature; not listed in its sums. */
  static final String SIGNATURE = "SIGNATURE";

  /** RFC 8032, section 5.1.6. */
  static final int SIGNATURE_BYTES = 64;

  private static final int FINGERPRINT_DIGITS = 16;

  private final PublicKey key;

  TrustedKey(PublicKey key) {
    this.key = key;
  }

  /**
   * Reads a key: X.509 in PEM, as {@code openssl pkey -pubout} writes it.
   *
   * @throws InvalidInputException if there is no such key in the file
   */
  public static TrustedKey read(Path file) {
    byte[] encoded = Pem.read(file, Pem.PUBLIC_KEY);
    try {
      return new TrustedKey(
          KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded)));
    } catch (GeneralSecurityException e) {
      throw new InvalidInputException(
          "%s: expected a public key of Ed25519, found another kind or a damaged one"
              .formatted(file),
          e);
    }
  }

  /**
   * Names the key: the first 16 digits of the SHA-256 of its X.509 form, which {@code openssl pkey
   * -pubin -in FILE -outform DER | sha256sum} gives, too.
   */
  public String fingerprint() {
    return Sha256.hexOf(key.getEncoded()).substring(0, FINGERPRINT_DIGITS);
  }

  /**
   * @param sums the bytes of {@code SHA256SUMS}
   * @throws InvalidInputException if they are not signed, or not by this key
   */
  void check(byte[] sums, Optional<byte[]> signature) {
    if (signature.isEmpty()) {
      throw new InvalidInputException(
          "%s: missing; only bundles signed with the key %s are accepted, and this one is not signed:"
                  .formatted(SIGNATURE, fingerprint())
              + " whoever has the private key can do it with: elbow sign");
    }
    if (!isSigned(sums, signature.get())) {
      throw new InvalidInputException(
          "%s: not made with the key %s, the only one accepted, or %s was changed since;"
                  .formatted(SIGNATURE, fingerprint(), Sha256Sums.NAME)
              + " get the bundle anew from where it was signed");
    }
  }

  private boolean isSigned(byte[] sums, byte[] signature) {
    try {
      Signature check = Signature.getInstance(ALGORITHM);
      check.initVerify(key);
      check.update(sums);
      return check.verify(signature);
    } catch (SignatureException notOne) { // bytes that no key can have made
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform from 15 on has Ed25519", e);
    }
  }

  @Override
  public String toString() {
    return fingerprint();
  }
}
