package dev.elbow.bundle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.elbow.input.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keys in PEM (RFC 7468): as {@code elbow keygen}, OpenSSL and most tools write them. What a file
 * holds is in no message: it may be a private key, also where a public one was expected.
 */
final class Pem {

  static final String PRIVATE_KEY = "PRIVATE KEY";
  static final String PUBLIC_KEY = "PUBLIC KEY";

  /** A key has some hundred bytes. */
  private static final int MAX_BYTES = 1 << 16;

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

  private Pem() {}

  /**
   * The bytes of the one block in a file.
   *
   * @param label what must stand after BEGIN
   * @throws InvalidInputException if the file cannot be read or holds something else
   */
  static byte[] read(Path file, String label) {
    Matcher block = BLOCK.matcher(text(file));
    if (!block.find()) {
      throw new InvalidInputException(
          "%s: expected a key in PEM, \"-----BEGIN %s-----\" and so on, found none"
              .formatted(file, label));
    }
    if (!block.group(1).equals(label)) {
      throw new InvalidInputException(
          "%s: expected a %s, found a %s%s"
              .formatted(file, label, block.group(1), advice(block.group(1), label)));
    }
    try {
      return Base64.getMimeDecoder().decode(block.group(2));
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(file + ": the key's Base64 is damaged", e);
    }
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new InvalidInputException(
            "%s: expected a key in PEM, found a file of more than %d bytes"
                .formatted(file, MAX_BYTES));
      }
      return Files.readString(file, ISO_8859_1);
    } catch (IOException e) {
      throw new InvalidInputException("%s: cannot be read: %s".formatted(file, e), e);
    }
  }

  private static String advice(String found, String expected) {
    if (found.equals("ENCRYPTED PRIVATE KEY")) {
      return "; take the passphrase off first: openssl pkey -in FILE -out PLAIN";
    }
    return found.equals(PRIVATE_KEY) && expected.equals(PUBLIC_KEY)
        ? "; keep that one to yourself, its public half comes from: openssl pkey -in FILE -pubout"
        : "";
  }

  static byte[] toBytes(String label, byte[] content) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(label, base64)
        .getBytes(US_ASCII);
  }
}
