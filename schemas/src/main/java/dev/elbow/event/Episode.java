package dev.elbow.event;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One alarm of one entity, from its first anomaly until the entity has been as usual for long
 * enough, as it stands when it is told of. All that is told of one episode has the same id.
 *
 * @param id see {@link #idOf}
 * @param entity the machine; it has at most one episode at a time
 * @param status whether the episode begins, goes on or is over
 * @param timestamp when the newest row that has been looked at was observed
 * @param start when its first anomaly was observed
 * @param end when the newest row of it was observed: an anomaly, or one that stood under what an
 *     alarm had left; final once it is over
 * @param rows how many rows were scored from the first to the newest of it, normal ones between
 *     them included
 * @param anomalies how many of these are anomalies; each anomaly belongs to exactly one episode
 * @param shifted whether the entity is in SHIFT, which nobody has acknowledged
 * @param peak its anomaly with the highest score
 * @param blamed the sensors to which its anomalies add most, most first
 * @param model id of the bundle that scored it
 * @param first the record of its first anomaly
 * @param last the record of the newest row of it
 * @param reason why it is over; empty until then
 */
public record Episode(
    String id,
    String entity,
    Status status,
    Instant timestamp,
    Instant start,
    Instant end,
    long rows,
    long anomalies,
    boolean shifted,
    Peak peak,
    List<Blame> blamed,
    String model,
    Coordinates first,
    Coordinates last,
    Optional<Reason> reason) {

  /** What is told. */
  public enum Status {
    /** Its first anomaly has come. */
    STARTED,
    /** It is no longer as it was last told to be. */
    ONGOING,
    /** It is over. */
    ENDED
  }

  /** Why an episode is over. */
  public enum Reason {
    /** The entity has been as usual for long enough. */
    NORMAL,
    /** No row of the entity could be scored for so long. */
    SILENT,
    /** Another model scores the entity, and what two models say does not compare. */
    MODEL_CHANGED,
    /** Somebody has acknowledged the shift that the entity was in. */
    ACKNOWLEDGED;

    /** In kebab case, as JSON and metrics have it. */
    public String code() {
      return Json.code(this);
    }
  }

  /**
   * The anomaly of an episode with the highest score; of several the first.
   *
   * @param id of the anomaly
   * @param timestamp when it was observed
   * @param score in nats
   * @param smoothed in nats
   * @param threshold of its row, in nats; see {@link ScoreSummary}
   * @param source its record
   */
  public record Peak(
      String id,
      Instant timestamp,
      double score,
      double smoothed,
      double threshold,
      Coordinates source) {

    /**
     * @throws IllegalArgumentException if a number is not finite
     */
    public Peak {
      Finite.require("peak.score", score);
      Finite.require("peak.smoothed", smoothed);
      Finite.require("peak.threshold", threshold);
    }

    /** That anomaly. */
    public static Peak of(Anomaly anomaly) {
      ScoreSummary summary = anomaly.summary();
      return new Peak(
          anomaly.id(),
          anomaly.timestamp(),
          summary.score(),
          summary.smoothed(),
          summary.threshold(),
          anomaly.source());
    }
  }

  /**
   * What one sensor has to do with an episode.
   *
   * @param nats the sum of what it added to the anomalies that name it, in nats, finite
   * @param anomalies how many name it, at least 1
   * @param most the contribution in which it added most; of several the first
   */
  public record Blame(double nats, long anomalies, Contribution most) {

    /**
     * @throws IllegalArgumentException if the sum is not finite or no anomaly names it
     */
    public Blame {
      Finite.require(most.name() + ".nats", nats);
      if (anomalies < 1) {
        throw new IllegalArgumentException(
            most.name() + ".anomalies: expected at least 1, found " + anomalies);
      }
    }

    /** The sensor. */
    public String name() {
      return most.name();
    }
  }

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if it has no anomaly, more anomalies than rows, or a reason to
   *     be over that is not over, or the reverse
   */
  public Episode {
    blamed = List.copyOf(blamed);
    if (anomalies < 1 || anomalies > rows) {
      throw new IllegalArgumentException(
          "anomalies: expected 1 to %d, the number of rows, found %d".formatted(rows, anomalies));
    }
    if (reason.isPresent() != (status == Status.ENDED)) {
      throw new IllegalArgumentException(
          "reason: expected one if and only if the episode has ended, found "
              + reason.map(Reason::code).orElse("none"));
    }
  }

  /**
   * Like the id of an {@link Anomaly}, with the word {@code episode} as a fifth line.
   *
   * @param first the record of its first anomaly
   */
  public static String idOf(Coordinates first, String model) {
    return EventId.of(first, model, "episode");
  }
}
