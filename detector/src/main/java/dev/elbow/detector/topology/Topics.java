package dev.elbow.detector.topology;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The topics a detector reads and writes, all different.
 *
 * @param observations read
 * @param anomalies written, keyed by entity
 * @param rejections written, original keys and values
 * @param episodes written, keyed by entity, if episodes are followed
 * @param scores written, keyed by entity, if every score is asked for
 * @param acknowledgements read, keyed by entity and divided like the observations, if any are taken
 */
public record Topics(
    String observations,
    String anomalies,
    String rejections,
    Optional<String> episodes,
    Optional<String> scores,
    Optional<String> acknowledgements) {

  /** Those that are read, the observations first. */
  public List<String> read() {
    return Stream.concat(Stream.of(observations), acknowledgements.stream()).toList();
  }

  /** Those that are written. */
  public List<String> written() {
    return Stream.of(Stream.of(anomalies, rejections), episodes.stream(), scores.stream())
        .flatMap(some -> some)
        .toList();
  }

  /** All of them, those that are read first. */
  public List<String> all() {
    return Stream.concat(read().stream(), written().stream()).toList();
  }
}
