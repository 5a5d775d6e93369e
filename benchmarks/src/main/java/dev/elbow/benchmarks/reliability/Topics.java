package dev.elbow.benchmarks.reliability;

import java.util.List;

/**
 * The topics of one detector.
 *
 * @param prefix tells those of two detectors apart; both read the same input
 */
record Topics(String prefix) {

  static final String OBSERVATIONS = "observations";

  String scores() {
    return prefix + "scores";
  }

  String anomalies() {
    return prefix + "anomalies";
  }

  String rejections() {
    return prefix + "rejections";
  }

  /** Those that are written. */
  List<String> written() {
    return List.of(scores(), anomalies(), rejections());
  }
}
