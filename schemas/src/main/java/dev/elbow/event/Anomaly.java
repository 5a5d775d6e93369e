package dev.elbow.event;

import dev.elbow.alarm.AlarmLevel;
import java.time.Instant;
import java.util.List;

/**
 * An observation at which somebody should look, with all that is needed to understand it and to
 * check it again.
 *
 * @param id see {@link #idOf}
 * @param entity the machine
 * @param timestamp when it was observed
 * @param summary its score and what that is made of
 * @param missing the model's sensors that were not observed in the row, in the model's order
 * @param contributions the sensors that added most, most first
 * @param model id of the bundle that scored it
 * @param detector the version of the detector that says so
 * @param source the record it was read from
 * @param status what it is of: an alarm or a shift
 */
public record Anomaly(
    String id,
    String entity,
    Instant timestamp,
    ScoreSummary summary,
    List<String> missing,
    List<Contribution> contributions,
    String model,
    String detector,
    Coordinates source,
    AlarmLevel status)
    implements AnomalyEvent {

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if the status is that of a normal row, or the number of
   *     missing sensors is not what the summary says
   */
  public Anomaly {
    missing = List.copyOf(missing);
    contributions = List.copyOf(contributions);
    if (missing.size() != summary.features() - summary.observed()) {
      throw new IllegalArgumentException(
          "missing: expected %d names by features and observed, found %d"
              .formatted(summary.features() - summary.observed(), missing.size()));
    }
    if (status == AlarmLevel.NORMAL) {
      throw new IllegalArgumentException("status: expected alarm or shift, found normal");
    }
  }

  /**
   * The same record scored by the same model always has the same id, so that whoever reads an
   * anomaly twice can tell: the first 16 bytes, in lower-case hex, of the SHA-256 of topic,
   * partition, offset and model in UTF-8, each on a line of its own without a last line feed.
   */
  public static String idOf(Coordinates source, String model) {
    return EventId.of(source, model);
  }
}
