package dev.elbow.detector.entity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Tells texts apart by a number, where the texts would take too much room in every kept row. */
final class Mark {

  private Mark() {}

  /** The first eight bytes of the SHA-256 of a text: two that occur hardly ever have the same. */
  static long of(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return ByteBuffer.wrap(digest).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
