package dev.elbow.detector.metrics;

import dev.elbow.identity.Sha256;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A password to hold others against: the password itself, or its hash, {@code
 * pbkdf2-sha256:ITERATIONS:SALT:HASH} with salt and hash in Base64, which tells nobody the
 * password.
 *
 * <p>Comparing takes as long for a password that is nearly right as for one that is not. Its text
 * form is hidden.
 *
 * <p>Source: PKCS #5, RFC 8018, section 5.2.
 */
public final class Password {

  private static final String SCHEME = "pbkdf2-sha256";
  private static final Pattern HASH =
      Pattern.compile(SCHEME + ":(\\d{1,7}):([A-Za-z0-9+/=]{8,}):([A-Za-z0-9+/=]{8,})");

  /** OWASP Password Storage Cheat Sheet, 2023: for PBKDF2 with HMAC-SHA-256. */
  private static final int ITERATIONS = 600_000;

  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;

  private final String stored;

  private Password(String stored) {
    this.stored = stored;
  }

  /**
   * A password from a file or the environment.
   *
   * @param stored the password or its hash
   */
  public static Password of(String stored) {
    return new Password(stored);
  }

  /** The hash of a password, to be kept in its place; another one each time. */
  public static String hash(String password) {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    Base64.Encoder base64 = Base64.getEncoder();
    return "%s:%d:%s:%s"
        .formatted(
            SCHEME,
            ITERATIONS,
            base64.encodeToString(salt),
            base64.encodeToString(derive(password, salt, ITERATIONS, HASH_BYTES)));
  }

  /** Whether it is this one. With a hash that takes some tenths of a second. */
  boolean matches(String candidate) {
    Matcher hash = HASH.matcher(stored);
    if (!hash.matches()) {
      // of the same length whatever the texts', so that comparing does not tell it
      return MessageDigest.isEqual(Sha256.bytesOf(stored), Sha256.bytesOf(candidate));
    }
    byte[] expected = Base64.getDecoder().decode(hash.group(3));
    byte[] salt = Base64.getDecoder().decode(hash.group(2));
    int iterations = Math.max(1, Integer.parseInt(hash.group(1)));
    return MessageDigest.isEqual(expected, derive(candidate, salt, iterations, expected.length));
  }

  private static byte[] derive(String password, byte[] salt, int iterations, int bytes) {
    PBEKeySpec key = new PBEKeySpec(password.toCharArray(), salt, iterations, bytes * Byte.SIZE);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(key).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has PBKDF2 with HMAC-SHA-256", e);
    } finally {
      key.clearPassword();
    }
  }

  @Override
  public String toString() {
    return "[hidden]";
  }
}
