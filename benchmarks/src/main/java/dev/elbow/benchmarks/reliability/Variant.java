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

  /**
   * The variant of a seed. The seeds 1 to 4 see every pair of a protocol, rows or series and the
   * first or last value of the further settings; 1 to 8 see every combination.
   *
   * @param seed at least 1
   * @param more values of a setting that take turns are separated by {@code |}
   */
  static Variant of(long seed, Guarantee guarantee, Map<String, String> more) {
    long turn = seed - 1;
    boolean streams = turn % 2 != 0;
    boolean series = turn / 2 % 2 == 0;
    boolean last = (turn / 4 % 2 == 0) == (streams == series);
    Map<String, String> chosen = new TreeMap<>();
    more.forEach(
        (key, values) -> {
          String[] turns = values.split("\\|", -1);
          chosen.put(key, turns[last ? turns.length - 1 : 0]);
        });
    return new Variant(guarantee, streams ? "streams" : "classic", series, chosen);
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
