package dev.elbow.demo;

import dev.elbow.event.AnomalyEvent;
import dev.elbow.event.Episode;
import dev.elbow.event.Episode.Reason;
import dev.elbow.event.Silence;
import dev.elbow.event.StuckSensor;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Prints what somebody on call would be told, as it comes: that a machine's episode begins, that
 * its level has moved, and that it is over; and no more than a person can read. Stuck sensors and
 * silent machines are told once by the detector, and always printed. What is not printed is
 * counted. Safe for use by several threads.
 */
final class LiveLines {

  private static final int SENSORS = 2;
  private static final int AT_ONCE = 8;
  private static final double PER_SECOND = 2.5;
  private static final double SECOND = 1e9;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final PrintStream out;
  private final Style style;

  /** Ids of the episodes that were printed and are not over, and whether in SHIFT. */
  private final Map<String, Boolean> printed = new HashMap<>();

  private double allowance = AT_ONCE;
  private Optional<Long> lastNanos = Optional.empty();
  private long notPrinted;

  LiveLines(PrintStream out, Style style) {
    this.out = out;
    this.style = style;
  }

  /** The columns' names. */
  void heading() {
    out.println(
        style.dim(
            "%-14s  %-10s %8s %6s  %s"
                .formatted(
                    "time (UTC)", "machine", "score", "limit", "blamed: actual (expected)")));
  }

  /** Prints an event that is about no single row. */
  synchronized void show(AnomalyEvent event, long nanos) {
    if (event instanceof StuckSensor stuck) {
      lastNanos = Optional.of(nanos);
      out.println(
          line(
              stuck.timestamp(),
              stuck.entity(),
              style.bad("%15s".formatted("stuck")),
              "%s: %s for %d rows, %d at most in training"
                  .formatted(
                      Figures.shorten(stuck.sensor(), 16),
                      Figures.plain(stuck.value()),
                      stuck.rows(),
                      stuck.longestInTraining())));
    } else if (event instanceof Silence silence) {
      lastNanos = Optional.of(nanos);
      boolean begins = silence.status() == Silence.Status.SILENT;
      String what = begins ? "silent" : "heard again";
      out.println(
          line(
              silence.timestamp(),
              silence.entity(),
              style.bad("%15s".formatted(what)),
              "since " + TIME.format(silence.lastHeard())));
    }
  }

  /**
   * Prints what is told of an episode, or counts it.
   *
   * @param nanos now, in terms of {@link System#nanoTime}
   */
  synchronized void show(Episode episode, long nanos) {
    switch (episode.status()) {
      case STARTED -> begin(episode, nanos);
      case ONGOING -> goOn(episode);
      case ENDED -> end(episode);
    }
  }

  private void begin(Episode episode, long nanos) {
    long before = lastNanos.orElse(nanos);
    allowance = Math.min(AT_ONCE, allowance + (nanos - before) / SECOND * PER_SECOND);
    lastNanos = Optional.of(nanos);
    if (allowance < 1) {
      notPrinted++;
      return;
    }
    allowance--;
    printed.put(episode.id(), episode.shifted());
    out.println(strange(episode));
  }

  private void goOn(Episode episode) {
    if (episode.shifted() && Boolean.FALSE.equals(printed.get(episode.id()))) {
      printed.put(episode.id(), true);
      out.println(strange(episode));
    }
  }

  private void end(Episode episode) {
    if (printed.remove(episode.id()) != null) {
      String lasted = Figures.span(Duration.between(episode.start(), episode.end()));
      String why =
          episode
              .reason()
              .filter(reason -> reason != Reason.NORMAL)
              .map(Reason::code)
              .map(", "::concat)
              .orElse("");
      out.println(
          line(
              episode.timestamp(),
              episode.entity(),
              style.good("%15s".formatted("over")),
              "after %s, %s %s%s"
                  .formatted(
                      lasted,
                      Figures.count(episode.anomalies()),
                      episode.anomalies() == 1 ? "anomaly" : "anomalies",
                      why)));
    }
  }

  /** Says how much was not printed. */
  synchronized void ending() {
    if (lastNanos.isEmpty()) {
      out.println("  no anomaly");
    } else if (notPrinted > 0) {
      out.println(style.dim("... and %s more episodes".formatted(Figures.count(notPrinted))));
    }
  }

  private String strange(Episode episode) {
    String blamed =
        episode.blamed().stream()
            .limit(SENSORS)
            .map(Episode.Blame::most)
            .map(
                most ->
                    "%s %s (%s)"
                        .formatted(
                            Figures.shorten(most.name(), 16),
                            Figures.plain(most.actual()),
                            Figures.like(most.expected(), most.actual())))
            .collect(Collectors.joining(", "));
    String score = style.bad("%8s".formatted(Figures.nats(episode.peak().smoothed())));
    // a shift is told by the level, which has a limit of its own: see TwoClocks
    String limit = episode.shifted() ? "shift" : Figures.nats(episode.peak().threshold());
    return line(episode.timestamp(), episode.entity(), "%s %6s".formatted(score, limit), blamed);
  }

  private String line(Instant time, String entity, String what, String more) {
    return "%s  %-10s %s  %s"
        .formatted(style.dim(TIME.format(time)), Figures.shorten(entity, 10), what, more);
  }
}
