package dev.elbow.detector;

import java.util.Locale;

/**
 * One setting: its name, what it may hold and what it means. The table in {@code
 * docs/configuration.md} is held to these by a test.
 *
 * @param name as in the properties file
 * @param rule what a value may be
 * @param fallback the value where none is given; empty if there must be one, or none is needed
 * @param meaning for the table
 */
record ConfigKey<T>(String name, ConfigRule<T> rule, String fallback, String meaning) {

  /** The environment variable that sets it. */
  String environmentVariable() {
    return environmentVariable(name);
  }

  /** The environment variable that sets a key of that name. */
  static String environmentVariable(String name) {
    return ConfigSources.ENVIRONMENT_PREFIX + name.replace('.', '_').toUpperCase(Locale.ROOT);
  }
}
