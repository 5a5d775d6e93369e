package dev.elbow.benchmarks.quality;

import dev.elbow.benchmarks.Figure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * How often the guilty sensor was blamed: in the highest row of all faults, in that of those that
 * were raised, and over the episodes of these.
 */
final class ExplanationTable {

  /** How often the guilty sensor should come first, of the faults that are raised. */
  static final double AIM_FIRST = 0.80;

  /** How often it should be one of the first three. */
  static final double AIM_THREE = 0.95;

  private static final String LINE = "%-26s %-13s %7s %8s   %-15s %-15s %s%n";

  private final List<Explained> faults = new ArrayList<>();

  /**
   * Where a guilty sensor stood.
   *
   * @param sensors how many there were
   */
  private record Place(int sensors, Places places) {}

  /** Adds faults. */
  void add(List<Explained> more) {
    faults.addAll(more);
  }

  /** How many faults there are. */
  int count() {
    return faults.size();
  }

  /** By family, then by kind of fault. */
  String text() {
    return heading("family")
        + lines(Explained::family)
        + System.lineSeparator()
        + heading("fault")
        + lines(Explained::fault)
        + String.format(
            Locale.ROOT,
            "Per cent, Elbow / the largest |z|: in the row with the highest score of all faults, of"
                + " those raised,%nand over all rows that were told of. Aims: the guilty sensor"
                + " first in %.0f, one of the first three in %.0f.%n"
                + "Models of three sensors and fewer are not in the figures of the first three.%n",
            100 * AIM_FIRST,
            100 * AIM_THREE);
  }

  /** What became of the faults of one set, on one line. */
  static String inShort(List<Explained> faults) {
    return faults.isEmpty()
        ? ": left out"
        : ", first / by |z| %s, of those raised %s, over their episodes %s"
            .formatted(
                elbowAndZ(highestRows(faults), ExplanationTable::first),
                elbowAndZ(highestRows(raisedOf(faults)), ExplanationTable::first),
                elbowAndZ(episodes(faults), ExplanationTable::first));
  }

  private static String heading(String what) {
    return LINE.formatted(
        what, "faults", "number", "raised", "first / by |z|", "in 3 / by |z|", "aims");
  }

  private String lines(Function<Explained, String> key) {
    StringBuilder text = new StringBuilder();
    by(key)
        .forEach(
            (name, all) -> {
              List<Explained> raised = raisedOf(all);
              String share = percent((double) raised.size() / all.size());
              text.append(line(name, "all", highestRows(all), share, ""));
              text.append(line("", "raised", highestRows(raised), "", standing(raised)));
              text.append(line("", "over episodes", episodes(all), "", ""));
            });
    return text.toString();
  }

  private static String line(
      String name, String which, List<Place> places, String raised, String aims) {
    return LINE.formatted(
        name,
        which,
        places.size(),
        raised,
        elbowAndZ(places, ExplanationTable::first),
        elbowAndZ(places, ExplanationTable::three),
        aims);
  }

  /** Of the row that people look at, not of the whole that they see later. */
  private static String standing(List<Explained> raised) {
    if (raised.isEmpty()) {
      return "";
    }
    boolean first = first(highestRows(raised), Places::byContribution) >= AIM_FIRST;
    double inThree = three(highestRows(raised), Places::byContribution);
    boolean three = Double.isNaN(inThree) || inThree >= AIM_THREE;
    return first && three ? "reached" : "missed";
  }

  /** Something of the places by Elbow and by |z|, in per cent. */
  private static String elbowAndZ(List<Place> places, Share share) {
    return percent(share.of(places, Places::byContribution))
        + " / "
        + percent(share.of(places, Places::byZ));
  }

  /** How many of some places are good. */
  @FunctionalInterface
  private interface Share {

    double of(List<Place> places, ToIntFunction<Places> ranking);
  }

  private static String percent(double share) {
    return Double.isNaN(share) ? "–" : String.format(Locale.ROOT, "%.1f", 100 * share);
  }

  private Map<String, List<Explained>> by(Function<Explained, String> key) {
    return faults.stream()
        .collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()));
  }

  private static List<Explained> raisedOf(List<Explained> all) {
    return all.stream().filter(Explained::isRaised).toList();
  }

  private static List<Place> highestRows(List<Explained> faults) {
    return faults.stream().map(fault -> new Place(fault.sensors(), fault.highestRow())).toList();
  }

  private static List<Place> episodes(List<Explained> faults) {
    return faults.stream()
        .flatMap(fault -> fault.episode().stream().map(told -> new Place(fault.sensors(), told)))
        .toList();
  }

  private static double first(List<Place> places, ToIntFunction<Places> ranking) {
    return places.stream()
        .mapToDouble(place -> ranking.applyAsInt(place.places()) == 1 ? 1 : 0)
        .average()
        .orElse(Double.NaN);
  }

  /** Of three sensors one is always among the first three. */
  private static double three(List<Place> places, ToIntFunction<Places> ranking) {
    return places.stream()
        .filter(place -> place.sensors() > 3)
        .mapToDouble(place -> ranking.applyAsInt(place.places()) <= 3 ? 1 : 0)
        .average()
        .orElse(Double.NaN);
  }

  /** By family the shares, beside those of |z|; none where there is no fault to ask of. */
  List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    by(Explained::family)
        .forEach(
            (family, all) -> {
              String name = "explanation." + family;
              addTo(figures, name + ".all", highestRows(all));
              addTo(figures, name + ".raised", highestRows(raisedOf(all)));
              addTo(figures, name + ".episodes", episodes(all));
            });
    return figures;
  }

  private static void addTo(List<Figure> figures, String name, List<Place> places) {
    if (!places.isEmpty()) {
      figures.add(figure(name + ".first", places, ExplanationTable::first));
    }
    if (places.stream().anyMatch(place -> place.sensors() > 3)) {
      figures.add(figure(name + ".first_three", places, ExplanationTable::three));
    }
  }

  private static Figure figure(String name, List<Place> places, Share share) {
    return Figure.of(
        name, share.of(places, Places::byContribution), "share", share.of(places, Places::byZ));
  }
}
