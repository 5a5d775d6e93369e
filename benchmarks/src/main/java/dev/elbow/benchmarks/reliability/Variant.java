package dev.elbow.benchmarks.reliability;

import java.util.Map;
import java.util.TreeMap;

/**
 * How the detectors of a run are set up.
 *
 * @param guarantee a value of {@code processing.guarantee}
 * @param protocol a value of {@code group.protocol}
 * @param series whether the model looks on windows of a series or on single rows
 * @param more further settings of the detector
 */
record Variant(Guarantee guarantee, String protocol, boolean series, Map<String, String> more) {

  enum Guarantee {
    EXACTLY_ONCE_V2("exactly_once_v2"),
    AT_LEAST_ONCE("at_least_once");

    private final String code;

    Guarantee(String code) {
      this.code = code;
    }

    String code() {
      return code;
    }
  }

  private static final int PROTOCOL_BIT = 1;
  private static final int SERIES_BIT = 2;
  private static final int MORE_BIT = 4;

  /**
   * The variant of a seed: eight seeds in a row see every combination of both protocols, rows and
   * series, and the first and last value of each further setting.
   *
   * @param more values of a setting that take turns are separated by {@code |}
   */
  static Variant of(long seed, Guarantee guarantee, Map<String, String> more) {
    Map<String, String> chosen = new TreeMap<>();
    more.forEach(
        (key, values) -> {
          String[] turns = values.split("\\|", -1);
          chosen.put(key, turns[(seed & MORE_BIT) == 0 ? 0 : turns.length - 1]);
        });
    return new Variant(
        guarantee,
        (seed & PROTOCOL_BIT) == 0 ? "streams" : "classic",
        (seed & SERIES_BIT) == 0,
        chosen);
  }

  /** The settings that it stands for. */
  Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>(more);
    settings.put("processing.guarantee", guarantee.code());
    settings.put("group.protocol", protocol);
    return settings;
  }

  @Override
  public String toString() {
    return "%s, %s protocol, %s%s"
        .formatted(
            guarantee.code(),
            protocol,
            series ? "series" : "rows",
            more.isEmpty() ? "" : ", " + more);
  }
}
