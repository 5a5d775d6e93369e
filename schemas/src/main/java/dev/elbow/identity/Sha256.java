package dev.elbow.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The digest of what was added so far. For use by one thread. */
public final class Sha256 {

  private final MessageDigest digest;

  /** Of nothing yet. */
  public Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Of bytes, which are not modified: 64 lower-case hexadecimal digits. */
  public static String hexOf(byte[] bytes) {
    return new Sha256().add(bytes).hex();
  }

  /** Of a text in UTF-8: 32 bytes. */
  public static byte[] bytesOf(String text) {
    return new Sha256().add(text.getBytes(UTF_8)).bytes();
  }

  /** Adds bytes; they are not modified. */
  public Sha256 add(byte[] bytes) {
    return add(bytes, 0, bytes.length);
  }

  /**
   * Adds some of an array; they are not modified.
   *
   * @throws IllegalArgumentException if the array does not have them
   */
  public Sha256 add(byte[] bytes, int offset, int length) {
    digest.update(bytes, offset, length);
    return this;
  }

  /** 64 lower-case hexadecimal digits; what is added after this is digested anew. */
  public String hex() {
    return HexFormat.of().formatHex(bytes());
  }

  /** 32 bytes; what is added after this is digested anew. */
  private byte[] bytes() {
    return digest.digest();
  }
}
