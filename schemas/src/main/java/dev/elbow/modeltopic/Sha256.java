package dev.elbow.modeltopic;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The digest of what was added so far. */
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

  /** Of bytes. */
  public static String of(byte[] bytes) {
    return new Sha256().add(bytes).hex();
  }

  /** Adds bytes; they are not modified. */
  public Sha256 add(byte[] bytes) {
    digest.update(bytes);
    return this;
  }

  /** 64 lower-case hexadecimal digits; to be asked for once. */
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
