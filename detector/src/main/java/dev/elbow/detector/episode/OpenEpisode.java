package dev.elbow.detector.episode;

import dev.elbow.detector.entity.Partition;
import dev.elbow.event.Anomaly;
import dev.elbow.event.Episode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An episode that is not over, as it stands after a row: a value, of which nothing but its rows
 * decides.
 *
 * <p>It begins with an anomaly and is over once the entity has been {@linkplain
 * dev.elbow.alarm.Judgement#calm calm} for {@link EpisodeRule#rows} rows in a row and {@link
 * EpisodeRule#gap}. So a score that flutters about its threshold is one episode; and so is a fault
 * that lasts, although it is an anomaly only at its onset and where SHIFT is raised, for in between
 * the entity is not calm.
 *
 * @param model id of the bundle that scores it
 * @param first its first anomaly
 * @param last the newest row that was not calm
 * @param newest the newest row
 * @param heard when that was, by the plant's clock
 * @param usualStep of the entity, as far as known
 * @param rows how many there are from the first to the last
 * @param calmRows how many have come since the last
 * @param anomalies how many of the rows are anomalies
 * @param shifted whether the entity was in SHIFT at the newest row
 * @param peak the anomaly with the highest score
 * @param blame of its sensors
 * @param told what has been told of it
 */
record OpenEpisode(
    String model,
    Mark first,
    Mark last,
    Mark newest,
    Instant heard,
    Optional<Duration> usualStep,
    long rows,
    long calmRows,
    long anomalies,
    boolean shifted,
    Episode.Peak peak,
    BlameSum blame,
    Told told) {

  /** It is told again when its peak has come to lie so many times as far above the threshold. */
  private static final double NOTABLE = 2;

  /** A peak this far above the threshold or less, in nats, is as good as at it. */
  private static final double AT_THRESHOLD = 1;

  /** No height is so large that twice of it is infinite. */
  private static final double HIGHEST = Double.MAX_VALUE / 4;

  /**
   * A row.
   *
   * @param observed when
   * @param offset of its record
   */
  record Mark(Instant observed, long offset) {

    static Mark of(JudgedRow row) {
      return new Mark(row.observed(), row.offset());
    }
  }

  /**
   * What somebody who reads the events knows.
   *
   * @param at the time of the row at which something was last told
   * @param height how far the peak lay above its threshold then, in nats, at least 1
   * @param shifted whether it was told that the entity is in SHIFT
   */
  record Told(Instant at, double height, boolean shifted) {}

  /**
   * One that begins.
   *
   * @param row with its anomaly
   * @param heard now, by the plant's clock
   */
  static OpenEpisode begin(JudgedRow row, Instant heard) {
    Anomaly anomaly = row.anomaly().orElseThrow();
    Mark mark = Mark.of(row);
    Episode.Peak peak = Episode.Peak.of(anomaly);
    return new OpenEpisode(
        row.model(),
        mark,
        mark,
        mark,
        heard,
        row.usualStep(),
        1,
        0,
        1,
        row.shifted(),
        peak,
        BlameSum.NONE.plus(anomaly.contributions()),
        new Told(row.observed(), height(peak), row.shifted()));
  }

  /** After the entity's next row. */
  OpenEpisode next(JudgedRow row, Instant now) {
    Optional<Anomaly> anomaly = row.anomaly();
    Mark mark = Mark.of(row);
    return new OpenEpisode(
        model,
        first,
        row.calm() ? last : mark,
        mark,
        now,
        row.usualStep().or(() -> usualStep),
        row.calm() ? rows : rows + calmRows + 1,
        row.calm() ? calmRows + 1 : 0,
        anomalies + (anomaly.isPresent() ? 1 : 0),
        row.shifted(),
        anomaly.map(Episode.Peak::of).filter(it -> it.score() > peak.score()).orElse(peak),
        anomaly.map(it -> blame.plus(it.contributions())).orElse(blame),
        told);
  }

  /** Whether the entity has been calm for long enough. */
  boolean isOver(EpisodeRule rule) {
    return calmRows >= rule.rows()
        && apart(last.observed(), newest.observed()).compareTo(rule.gap()) >= 0;
  }

  /**
   * When the entity counts as silent if no row of it is scored until then, by the plant's clock.
   */
  Instant silentAt(EpisodeRule rule) {
    return heard.plus(rule.patience(usualStep));
  }

  /** Whether there is something to tell of the newest row. */
  boolean isNews(EpisodeRule rule) {
    return calmRows == 0
        && (height(peak) >= NOTABLE * told.height()
            || (shifted && !told.shifted())
            || apart(told.at(), newest.observed()).compareTo(rule.update()) >= 0);
  }

  /** In either direction: one row with a wrong date must not keep an episode open for ever. */
  private static Duration apart(Instant one, Instant other) {
    return Duration.between(one, other).abs();
  }

  /** After it has been told of. */
  OpenEpisode asTold() {
    return new OpenEpisode(
        model,
        first,
        last,
        newest,
        heard,
        usualStep,
        rows,
        calmRows,
        anomalies,
        shifted,
        peak,
        blame,
        new Told(newest.observed(), height(peak), shifted));
  }

  private static double height(Episode.Peak peak) {
    return Math.max(AT_THRESHOLD, Math.min(HIGHEST, peak.score() - peak.threshold()));
  }

  /** What is told of it while it lasts. */
  Episode event(String entity, Episode.Status status, Partition partition, EpisodeRule rule) {
    return event(entity, status, Optional.empty(), partition, rule);
  }

  /** What is told of it when it is over. */
  Episode ended(String entity, Episode.Reason reason, Partition partition, EpisodeRule rule) {
    return event(entity, Episode.Status.ENDED, Optional.of(reason), partition, rule);
  }

  private Episode event(
      String entity,
      Episode.Status status,
      Optional<Episode.Reason> reason,
      Partition partition,
      EpisodeRule rule) {
    return new Episode(
        Episode.idOf(partition.record(first.offset()), model),
        entity,
        status,
        newest.observed(),
        first.observed(),
        last.observed(),
        rows,
        anomalies,
        shifted,
        peak,
        blame.most(rule.blamed()),
        model,
        partition.record(first.offset()),
        partition.record(last.offset()),
        reason);
  }
}
