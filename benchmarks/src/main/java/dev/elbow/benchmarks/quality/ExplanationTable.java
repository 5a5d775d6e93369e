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

/** How often the guilty sensor was blamed, over all faults and over those that were raised. */
final class ExplanationTable {

  /** How often the guilty sensor should come first, of the faults that are raised. */
  static final double AIM_FIRST = 0.80;

  /** How often it should be one of the first three. */
  static final double AIM_THREE = 0.95;

  private static final String LINE = "%-26s %-8s %7s %8s   %-15s %-15s %s%n";

  private final List<Explained> faults = new ArrayList<>();

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
            "Per cent, Elbow / the largest |z|. Aims, of the faults raised: the guilty sensor first"
                + " in %.0f, one of the first three in %.0f.%n"
                + "Models of three sensors and fewer are not in the figures of the first three.%n",
            100 * AIM_FIRST,
            100 * AIM_THREE);
  }

  /** What became of the faults of one set, on one line. */
  static String inShort(List<Explained> faults) {
    return faults.isEmpty()
        ? ": left out"
        : ", first "
            + percent(first(faults, Explained::rank))
            + " / by |z| "
            + percent(first(faults, Explained::rankByZ))
            + ", of those raised "
            + percent(first(raisedOf(faults), Explained::rank))
            + " / "
            + percent(first(raisedOf(faults), Explained::rankByZ));
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
              text.append(line(name, "all", all, raised.size()));
              text.append(line("", "raised", raised, raised.size()));
            });
    return text.toString();
  }

  private static String line(String name, String which, List<Explained> some, int raised) {
    return LINE.formatted(
        name,
        which,
        some.size(),
        which.equals("all") ? percent((double) raised / some.size()) : "",
        percent(first(some, Explained::rank)) + " / " + percent(first(some, Explained::rankByZ)),
        percent(three(some, Explained::rank)) + " / " + percent(three(some, Explained::rankByZ)),
        which.equals("all") ? "" : standing(some));
  }

  private static String standing(List<Explained> raised) {
    if (raised.isEmpty()) {
      return "";
    }
    boolean first = first(raised, Explained::rank) >= AIM_FIRST;
    double inThree = three(raised, Explained::rank);
    boolean three = Double.isNaN(inThree) || inThree >= AIM_THREE;
    return first && three ? "reached" : "missed";
  }

  private static String percent(double share) {
    return Double.isNaN(share) ? "–" : String.format(Locale.ROOT, "%.1f", 100 * share);
  }

  private Map<String, List<Explained>> by(Function<Explained, String> key) {
    return faults.stream()
        .collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()));
  }

  private static List<Explained> raisedOf(List<Explained> all) {
    return all.stream().filter(Explained::raised).toList();
  }

  private static double first(List<Explained> some, ToIntFunction<Explained> rank) {
    return some.stream()
        .mapToDouble(fault -> rank.applyAsInt(fault) == 1 ? 1 : 0)
        .average()
        .orElse(Double.NaN);
  }

  /** Of three sensors one is always among the first three. */
  private static double three(List<Explained> some, ToIntFunction<Explained> rank) {
    return some.stream()
        .filter(fault -> fault.sensors() > 3)
        .mapToDouble(fault -> rank.applyAsInt(fault) <= 3 ? 1 : 0)
        .average()
        .orElse(Double.NaN);
  }

  /** By family the shares, beside those of |z|; none where there is no fault to ask of. */
  List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    by(Explained::family)
        .forEach(
            (family, all) -> {
              addTo(figures, "explanation." + family + ".all", all);
              addTo(figures, "explanation." + family + ".raised", raisedOf(all));
            });
    return figures;
  }

  private static void addTo(List<Figure> figures, String name, List<Explained> some) {
    if (!some.isEmpty()) {
      figures.add(
          Figure.of(
              name + ".first",
              first(some, Explained::rank),
              "share",
              first(some, Explained::rankByZ)));
    }
    if (some.stream().anyMatch(fault -> fault.sensors() > 3)) {
      figures.add(
          Figure.of(
              name + ".first_three",
              three(some, Explained::rank),
              "share",
              three(some, Explained::rankByZ)));
    }
  }
}
