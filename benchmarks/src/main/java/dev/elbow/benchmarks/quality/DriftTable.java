package dev.elbow.benchmarks.quality;

import dev.elbow.benchmarks.Figure;
import dev.elbow.benchmarks.quality.DriftRun.Both;
import dev.elbow.benchmarks.quality.Standings.Found;
import dev.elbow.benchmarks.quality.Standings.Shares;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What one threshold and two clocks did: on drifting normal rows, on events and on ramps. */
final class DriftTable {

  private static final String RULES =
      """
      fixed       one threshold on the smoothed score: ALARM above it, for as long as it lasts
      two clocks  ALARM where the smoothed score stands out from what it was of late, a few rows at
                  each onset; SHIFT while what it is of late lies far above what it was in training
      """;

  private static final String SHARES = "%-40s %7s   %-22s %-22s %s%n";
  private static final String EVENTS = "%-10s %6s   %-22s %-22s %-22s %s%n";
  private static final String RAMPS = "%4s %6s %6s   %-18s %-18s %-18s %s%n";

  private final double rate;
  private final List<InTime> inTime = new ArrayList<>();
  private final List<OnEvents> onEvents = new ArrayList<>();
  private final List<Ramps.Ramp> ramps = new ArrayList<>();

  /**
   * @param rate of false alarms that both rules were set for
   */
  DriftTable(double rate) {
    this.rate = rate;
  }

  /** Normal rows of a set in the order of time. */
  private record InTime(String set, Both<Shares> shares) {}

  /** A labelled set of a family. */
  private record OnEvents(String family, Both<Found> found, Both<Shares> normal) {}

  void addInTime(DataSet set, Both<Shares> shares) {
    inTime.add(new InTime(set.name(), shares));
  }

  void addEvents(DataSet set, Both<Found> found, Both<Shares> normal) {
    onEvents.add(new OnEvents(set.family(), found, normal));
  }

  void addRamps(List<Ramps.Ramp> more) {
    ramps.addAll(more);
  }

  /** Whether nothing was measured. */
  boolean isEmpty() {
    return inTime.isEmpty() && onEvents.isEmpty();
  }

  /** All of it, for a terminal. */
  String text() {
    return RULES
        + sharesText()
        + eventsText()
        + rampsText()
        + String.format(Locale.ROOT, "both set for %.2g %% false alarms%n", 100 * rate);
  }

  private String sharesText() {
    StringBuilder text = new StringBuilder();
    if (!inTime.isEmpty()) {
      text.append(String.format("%nnormal rows after those of the training, in per cent%n"));
      text.append(
          SHARES.formatted(
              "set", "rows", "fixed: ALARM (times)", "clocks: ALARM (times)", "clocks: SHIFT"));
    }
    by(inTime, InTime::set)
        .forEach(
            (set, some) ->
                text.append(
                    SHARES.formatted(
                        set,
                        some.get(0).shares().fixed().rows(),
                        alarms(some, shares -> shares.fixed()),
                        alarms(some, shares -> shares.twoClocks()),
                        percent(mean(some, run -> run.shares().twoClocks().shift())))));
    return text.toString();
  }

  private static String alarms(List<InTime> some, Function<Both<Shares>, Shares> rule) {
    return String.format(
        Locale.ROOT,
        "%.2f (%.0f)",
        100 * mean(some, run -> rule.apply(run.shares()).alarm()),
        mean(some, run -> rule.apply(run.shares()).episodes()));
  }

  private String eventsText() {
    StringBuilder text = new StringBuilder();
    if (!onEvents.isEmpty()) {
      text.append(
          String.format("%nevents found by news in them; of the normal rows per cent in ALARM%n"));
      text.append(
          EVENTS.formatted(
              "family",
              "events",
              "fixed: found",
              "clocks: found",
              "fixed: ALARM",
              "clocks: ALARM, SHIFT"));
    }
    by(onEvents, OnEvents::family)
        .forEach(
            (family, some) ->
                text.append(
                    EVENTS.formatted(
                        family,
                        some.stream().mapToInt(run -> run.found().fixed().total()).sum(),
                        percent(recall(some, Both::fixed)) + " %",
                        percent(recall(some, Both::twoClocks)) + " %",
                        percent(mean(some, run -> run.normal().fixed().alarm())),
                        percent(mean(some, run -> run.normal().twoClocks().alarm()))
                            + ", "
                            + percent(mean(some, run -> run.normal().twoClocks().shift())))));
    return text.toString();
  }

  private static double recall(List<OnEvents> some, Function<Both<Found>, Found> rule) {
    double found = some.stream().mapToInt(run -> rule.apply(run.found()).found()).sum();
    return found / some.stream().mapToInt(run -> rule.apply(run.found()).total()).sum();
  }

  private String rampsText() {
    StringBuilder text = new StringBuilder();
    if (!ramps.isEmpty()) {
      text.append(String.format("%nramps: per cent raised, and at what height in σ in the mean%n"));
      text.append(
          RAMPS.formatted(
              "σ", "rows", "ramps", "fixed", "clocks", "clocks: ALARM", "clocks: SHIFT"));
    }
    by(ramps, ramp -> new Kind(ramp.size(), ramp.rows()))
        .forEach(
            (kind, some) ->
                text.append(
                    RAMPS.formatted(
                        String.format(Locale.ROOT, "%.0f", kind.size()),
                        kind.rows(),
                        some.size(),
                        raised(some, Ramps.Ramp::fixed),
                        raised(some, Ramps.Ramp::either),
                        raised(some, Ramps.Ramp::alarm),
                        raised(some, Ramps.Ramp::shift))));
    return text.toString();
  }

  /** Ramps that are averaged. */
  private record Kind(double size, int rows) {}

  private static String raised(List<Ramps.Ramp> some, Function<Ramps.Ramp, OptionalDouble> by) {
    double share = raisedShare(some, by);
    return share == 0
        ? "0"
        : String.format(Locale.ROOT, "%.0f at %.2f", 100 * share, height(some, by));
  }

  private static double raisedShare(
      List<Ramps.Ramp> some, Function<Ramps.Ramp, OptionalDouble> by) {
    return mean(some, ramp -> by.apply(ramp).isPresent() ? 1 : 0);
  }

  private static double height(List<Ramps.Ramp> some, Function<Ramps.Ramp, OptionalDouble> by) {
    return some.stream().map(by).flatMapToDouble(OptionalDouble::stream).average().orElse(0);
  }

  /** By set, by family and by kind of ramp, those of two clocks beside those of one threshold. */
  List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    by(inTime, InTime::set)
        .forEach(
            (set, some) -> {
              double fixed = mean(some, run -> run.shares().fixed().alarm());
              add(
                  figures,
                  set + ".alarm",
                  mean(some, run -> run.shares().twoClocks().alarm()),
                  fixed);
              add(
                  figures,
                  set + ".shift",
                  mean(some, run -> run.shares().twoClocks().shift()),
                  fixed);
            });
    by(onEvents, OnEvents::family)
        .forEach(
            (family, some) -> {
              double fixed = mean(some, run -> run.normal().fixed().alarm());
              add(
                  figures,
                  family + ".event_recall",
                  recall(some, Both::twoClocks),
                  recall(some, Both::fixed));
              add(
                  figures,
                  family + ".alarm",
                  mean(some, run -> run.normal().twoClocks().alarm()),
                  fixed);
              add(
                  figures,
                  family + ".shift",
                  mean(some, run -> run.normal().twoClocks().shift()),
                  fixed);
            });
    by(ramps, ramp -> new Kind(ramp.size(), ramp.rows()))
        .forEach(
            (kind, some) ->
                add(
                    figures,
                    String.format(Locale.ROOT, "ramp_%.0f_sigma_%d_rows", kind.size(), kind.rows()),
                    raisedShare(some, Ramps.Ramp::either),
                    raisedShare(some, Ramps.Ramp::fixed)));
    return figures;
  }

  private static void add(List<Figure> figures, String name, double twoClocks, double fixed) {
    figures.add(Figure.of("drift." + name, twoClocks, "share", fixed));
  }

  private static <K, T> Map<K, List<T>> by(List<T> all, Function<T, K> key) {
    return all.stream()
        .collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()));
  }

  private static <T> double mean(List<T> some, ToDoubleFunction<T> of) {
    return some.stream().mapToDouble(of).average().orElseThrow();
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f", 100 * share);
  }
}
