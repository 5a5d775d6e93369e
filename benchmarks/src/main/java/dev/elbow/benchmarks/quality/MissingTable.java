package dev.elbow.benchmarks.quality;

import dev.elbow.benchmarks.Figure;
import dev.elbow.benchmarks.quality.MissingCells.Pattern;
import dev.elbow.benchmarks.quality.MissingRun.Result;
import dev.elbow.benchmarks.quality.Target.Areas;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What is left of the areas by family, as more and more of the test cells are missing. */
final class MissingTable {

  private static final String LINE = "%-10s %4s  %-15s %-15s %-17s %-17s %-17s %s%n";

  private final List<Result> results = new ArrayList<>();

  /** What is averaged: one family, pattern and share. */
  private record Key(String family, Pattern pattern, double share) {}

  /** Adds the results of a set. */
  void add(List<Result> more) {
    results.addAll(more);
  }

  /** Whether nothing was measured. */
  boolean isEmpty() {
    return results.isEmpty();
  }

  /** A line per family, pattern and share, AUC-ROC / AUC-PR in every column. */
  String text() {
    StringBuilder text =
        new StringBuilder(
            LINE.formatted(
                "family",
                "sets",
                "missing",
                "0 %",
                "Elbow",
                "beside 0 %",
                "mean filled",
                "beside 0 %"));
    byKey().forEach((key, some) -> text.append(line(key, some)));
    return text.toString();
  }

  /** A line per share with the means of one set. */
  static String lines(List<Result> seeds) {
    MissingTable table = new MissingTable();
    table.add(seeds);
    StringBuilder text = new StringBuilder();
    table.byKey().forEach((key, some) -> text.append(line(key, some)));
    return text.toString();
  }

  private static String line(Key key, List<Result> some) {
    return LINE.formatted(
        key.family(),
        some.stream().map(Result::set).distinct().count(),
        String.format(Locale.ROOT, "%.0f %% of %s", 100 * key.share(), key.pattern().title()),
        areas(some, Result::whole),
        areas(some, Result::told),
        change(some, Result::told),
        areas(some, Result::filled),
        change(some, Result::filled));
  }

  private static String areas(List<Result> some, Function<Result, Areas> which) {
    return String.format(
        Locale.ROOT,
        "%.4f / %.4f",
        mean(some, result -> which.apply(result).roc()),
        mean(some, result -> which.apply(result).pr()));
  }

  private static String change(List<Result> some, Function<Result, Areas> which) {
    return String.format(
        Locale.ROOT,
        "%+.4f / %+.4f",
        mean(some, result -> which.apply(result).roc() - result.whole().roc()),
        mean(some, result -> which.apply(result).pr() - result.whole().pr()));
  }

  private static double mean(List<Result> some, ToDoubleFunction<Result> of) {
    return some.stream().mapToDouble(of).average().orElseThrow();
  }

  private Map<Key, List<Result>> byKey() {
    return results.stream()
        .collect(
            Collectors.groupingBy(
                result -> new Key(result.family(), result.pattern(), result.share()),
                LinkedHashMap::new,
                Collectors.toList()));
  }

  /**
   * The means by family, pattern and share: beside those with the mean filled in, and beside those
   * with nothing missing.
   */
  List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    byKey()
        .forEach(
            (key, some) -> {
              addTo(figures, key, some, "auc_roc", Areas::roc);
              addTo(figures, key, some, "auc_pr", Areas::pr);
            });
    return figures;
  }

  private static void addTo(
      List<Figure> figures,
      Key key,
      List<Result> some,
      String measure,
      ToDoubleFunction<Areas> area) {
    String name =
        String.format(
            Locale.ROOT,
            "missing.%s.%s_%.0f.%s",
            key.family(),
            key.pattern().title(),
            100 * key.share(),
            measure);
    double told = mean(some, result -> area.applyAsDouble(result.told()));
    figures.add(
        Figure.of(name, told, measure, mean(some, result -> area.applyAsDouble(result.filled()))));
    figures.add(
        Figure.of(
            name + ".beside_whole",
            told,
            measure,
            mean(some, result -> area.applyAsDouble(result.whole()))));
  }
}
