package dev.elbow.alarm;

/** What the records of this package hold themselves to. */
final class Rule {

  private Rule() {}

  static void check(boolean holds, String rule, double found) {
    if (!holds) {
      throw new IllegalArgumentException(rule + ", found " + found);
    }
  }
}
