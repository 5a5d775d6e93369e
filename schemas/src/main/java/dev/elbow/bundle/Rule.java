package dev.elbow.bundle;

import java.util.Collection;

/** What the bundle's records hold themselves to. */
final class Rule {

  private Rule() {}

  static void check(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  static void finite(String field, double value) {
    check(Double.isFinite(value), "%s: expected a finite number, found %s".formatted(field, value));
  }

  static void finite(String field, Collection<Double> values) {
    values.forEach(value -> finite(field, value));
  }

  static void count(String field, long value) {
    check(value >= 0, "%s: expected at least 0, found %d".formatted(field, value));
  }

  static void sha256(String field, String hex) {
    check(
        hex.matches("[0-9a-f]{64}"),
        "%s: expected 64 lower-case hexadecimal digits, found %s".formatted(field, hex));
  }
}
