package dev.elbow.bundle;

import dev.elbow.identity.Sha256;
import dev.elbow.input.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code SHA256SUMS}: the digest of every other file of a bundle, in the format of {@code
 * sha256sum}, sorted by name. Its own digest names the bundle's content.
 */
final class Sha256Sums {

  static final String NAME = "SHA256SUMS";

  /** A digest, two blanks (or blank and star, sha256sum's binary mark) and a plain file name. */
  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) [ *]([A-Za-z0-9][\\w.-]*)");

  private Sha256Sums() {}

  /** The content of the file for the given files. */
  static byte[] of(SortedMap<String, byte[]> files) {
    var lines = new StringBuilder();
    files.forEach(
        (name, content) ->
            lines.append(Sha256.hexOf(content)).append("  ").append(name).append('\n'));
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * File name to digest.
   *
   * @throws InvalidInputException if a line has another form or a name occurs twice
   */
  static SortedMap<String, String> parse(byte[] sums) {
    var digests = new TreeMap<String, String>();
    int number = 0;
    for (String line : new String(sums, StandardCharsets.UTF_8).lines().toList()) {
      number++;
      Matcher fields = LINE.matcher(line);
      if (!fields.matches() || digests.put(fields.group(2), fields.group(1)) != null) {
        throw new InvalidInputException(
            "%s: line %d: expected 64 hexadecimal digits, two blanks and a new file name, found %s;"
                    .formatted(NAME, number, quoted(line))
                + " restore the file or train the bundle again");
      }
    }
    return digests;
  }

  /**
   * @throws InvalidInputException if a file is missing, was changed or is not listed
   */
  static void check(byte[] sums, Map<String, byte[]> files) {
    SortedMap<String, String> digests = parse(sums);
    digests.forEach(
        (name, expected) -> {
          byte[] content = files.get(name);
          if (content == null) {
            throw new InvalidInputException(
                "%s: listed in %s but missing; restore the file or train the bundle again"
                    .formatted(name, NAME));
          }
          String found = Sha256.hexOf(content);
          if (!found.equals(expected)) {
            throw new InvalidInputException(
                "%s: expected SHA-256 %s as in %s, found %s: the file was changed or damaged;"
                        .formatted(name, expected, NAME, found)
                    + " restore it or train the bundle again");
          }
        });
    for (String name : files.keySet()) {
      if (!digests.containsKey(name)) {
        throw new InvalidInputException(
            "%s: not listed in %s, so it is no part of the bundle; remove it"
                .formatted(name, NAME));
      }
    }
  }

  private static String quoted(String line) {
    return '"' + (line.length() <= 100 ? line : line.substring(0, 100) + "…") + '"';
  }
}
