package dev.elbow.demo;

import dev.elbow.alarm.AlarmLevel;
import dev.elbow.event.Anomaly;
import dev.elbow.event.AnomalyEvent;
import dev.elbow.event.Contribution;
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

/**
 * Prints anomalies as they come: the first of every alarm of a machine, again every few seconds
 * while it lasts, and no more than a person can read. Stuck sensors and silent machines are told
 * once by the detector, and always printed.
 *
 * <p>Anomalies of one machine that follow each other within half an hour of its own time are one
 * alarm. All that is not printed is counted. Safe for use by several threads.
 */
final class LiveLines {

  private static final Duration SAME_ALARM = Duration.ofMinutes(30);
  private static final Duration AGAIN = Duration.ofSeconds(2);
  private static final int SENSORS = 2;
  private static final int AT_ONCE = 8;
  private static final double PER_SECOND = 2.5;
  private static final double SECOND = 1e9;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final PrintStream out;
  private final Style style;
  private final Map<String, Instant> lastTime = new HashMap<>();
  private final Map<String, Long> printedNanos = new HashMap<>();
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

  /**
   * Prints an event, or counts it.
   *
   * @param nanos now, in terms of {@link System#nanoTime}
   */
  synchronized void show(AnomalyEvent event, long nanos) {
    if (event instanceof Anomaly anomaly) {
      show(anomaly, nanos);
    } else if (event instanceof StuckSensor stuck) {
      lastNanos = Optional.of(nanos);
      out.println(
          line(
              stuck,
              "stuck",
              "%s: %s for %d rows, %d at most in training"
                  .formatted(
                      Figures.shorten(stuck.sensor(), 16),
                      Figures.plain(stuck.value()),
                      stuck.rows(),
                      stuck.longestInTraining())));
    } else if (event instanceof Silence silence) {
      lastNanos = Optional.of(nanos);
      boolean begins = silence.status() == Silence.Status.SILENT;
      String since = "since " + TIME.format(silence.lastHeard());
      out.println(line(silence, begins ? "silent" : "heard again", since));
    }
  }

  private String line(AnomalyEvent event, String what, String more) {
    return "%s  %-10s %s  %s"
        .formatted(
            style.dim(TIME.format(event.timestamp())),
            Figures.shorten(event.entity(), 10),
            style.bad("%15s".formatted(what)),
            more);
  }

  private void show(Anomaly anomaly, long nanos) {
    long before = lastNanos.orElse(nanos);
    allowance = Math.min(AT_ONCE, allowance + (nanos - before) / SECOND * PER_SECOND);
    lastNanos = Optional.of(nanos);
    boolean goesOn = goesOn(anomaly);
    lastTime.put(anomaly.entity(), anomaly.timestamp());
    boolean justPrinted =
        Optional.ofNullable(printedNanos.get(anomaly.entity()))
            .map(printed -> nanos - printed < AGAIN.toNanos())
            .orElse(false);
    if ((goesOn && justPrinted) || allowance < 1) {
      notPrinted++;
      return;
    }
    allowance--;
    printedNanos.put(anomaly.entity(), nanos);
    out.println(line(anomaly));
  }

  private boolean goesOn(Anomaly anomaly) {
    return Optional.ofNullable(lastTime.get(anomaly.entity()))
        .map(before -> Duration.between(before, anomaly.timestamp()).abs())
        .map(gap -> gap.compareTo(SAME_ALARM) <= 0)
        .orElse(false);
  }

  /** Says how much was not printed. */
  synchronized void ending() {
    if (lastNanos.isEmpty()) {
      out.println("  no anomaly");
    } else if (notPrinted > 0) {
      out.println(
          style.dim(
              "... and %s more anomalies, most of them of the same alarms"
                  .formatted(Figures.count(notPrinted))));
    }
  }

  private String line(Anomaly anomaly) {
    StringBuilder blamed = new StringBuilder();
    for (Contribution sensor : anomaly.contributions()) {
      if (blamed.isEmpty() || anomaly.contributions().indexOf(sensor) < SENSORS) {
        blamed
            .append(blamed.isEmpty() ? "" : ", ")
            .append(Figures.shorten(sensor.name(), 16))
            .append(' ')
            .append(Figures.plain(sensor.actual()))
            .append(" (")
            .append(Figures.like(sensor.expected(), sensor.actual()))
            .append(')');
      }
    }
    return "%s  %-10s %s %6s  %s"
        .formatted(
            style.dim(TIME.format(anomaly.timestamp())),
            Figures.shorten(anomaly.entity(), 10),
            style.bad("%8s".formatted(Figures.nats(anomaly.summary().smoothed()))),
            limit(anomaly),
            blamed);
  }

  /** A shift is told by the level, which has a limit of its own: see {@code TwoClocks}. */
  private static String limit(Anomaly anomaly) {
    return anomaly.status() == AlarmLevel.SHIFT
        ? "shift"
        : Figures.nats(anomaly.summary().threshold());
  }
}
