package dev.elbow.benchmarks.reliability;

import java.util.List;

/**
 * The topics of one detector.
 *
 * @param observations what it reads
 * @param prefix tells its results from those of another detector that reads the same
 */
record Topics(String observations, String prefix) {

  /** Of a run by this name; the broker may serve several. */
  static Topics of(String run) {
    return new Topics(run + "-observations", run + "-");
  }

  /** Those of a second detector that reads what this one reads. */
  Topics undisturbed() {
    return new Topics(observations, prefix + "undisturbed-");
  }

  String scores() {
    return prefix + "scores";
  }

  String anomalies() {
    return prefix + "anomalies";
  }

  String rejections() {
    return prefix + "rejections";
  }

  String episodes() {
    return prefix + "episodes";
  }

  /** Those that are written. */
  List<String> written() {
    return List.of(scores(), anomalies(), rejections(), episodes());
  }

  /** The {@code application.id} of the detector. */
  String group() {
    return prefix + "detector";
  }
}
