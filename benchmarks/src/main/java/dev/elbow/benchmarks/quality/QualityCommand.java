package dev.elbow.benchmarks.quality;

import dev.elbow.benchmarks.Figure;
import dev.elbow.benchmarks.FigureFile;
import dev.elbow.cli.FitOptions;
import dev.elbow.input.InvalidInputException;
import dev.elbow.trainer.evaluate.DetectorResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code benchmark quality}: how well the defaults find faults, by family of data sets. */
@Command(
    name = "quality",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Trains and scores every set of a collection with one group of settings, and prints AUC-ROC"
          + " and AUC-PR by set and by family, beside PCA, Mahalanobis and the largest |z|."
    })
public final class QualityCommand implements Callable<Integer> {

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "A folder with a MANIFEST.csv and one folder per set (train.csv, test.csv).")
  private Path data = Path.of("");

  @Option(
      names = "--family",
      split = ",",
      paramLabel = "NAME",
      description = "Only these families, separated by commas.")
  private List<String> families = List.of();

  @Option(
      names = "--output",
      paramLabel = "FILE.json",
      description = "Also write the means by family as JSON.")
  private Optional<Path> output = Optional.empty();

  @Mixin private FitOptions fit = new FitOptions();

  @Override
  public Integer call() throws IOException {
    List<DataSet> sets =
        DataSet.in(data).stream()
            .filter(set -> families.isEmpty() || families.contains(set.family()))
            .toList();
    if (sets.isEmpty()) {
      throw new InvalidInputException(
          "--data %s: no set with test rows of the families asked for".formatted(data));
    }
    Map<String, List<List<DetectorResult>>> byFamily = new LinkedHashMap<>();
    for (DataSet set : sets) {
      List<DetectorResult> results = QualityRun.of(set, fit);
      byFamily.computeIfAbsent(set.family(), family -> new ArrayList<>()).add(results);
      System.out.print(lines(set.name(), List.of(results)));
    }
    System.out.println("\nmeans by family");
    byFamily.forEach(
        (family, results) ->
            System.out.print(lines("%s, %d sets".formatted(family, results.size()), results)));
    output.ifPresent(file -> FigureFile.write(file, figures(byFamily)));
    return 0;
  }

  /** A line per detector: the means over the sets given. */
  private static String lines(String title, List<List<DetectorResult>> sets) {
    StringBuilder text = new StringBuilder(title).append(System.lineSeparator());
    for (int k = 0; k < sets.get(0).size(); k++) {
      int detector = k;
      text.append(
          String.format(
              Locale.ROOT,
              "  %-24s AUC-ROC %.4f  AUC-PR %.4f  false alarms %.2f %%%n",
              sets.get(0).get(k).detector(),
              mean(sets, detector, DetectorResult::aucRoc),
              mean(sets, detector, DetectorResult::aucPr),
              100 * mean(sets, detector, DetectorResult::falseAlarmRate)));
    }
    return text.toString();
  }

  /** Elbow's means beside the best of the simple detectors' means. */
  private static List<Figure> figures(Map<String, List<List<DetectorResult>>> byFamily) {
    List<Figure> figures = new ArrayList<>();
    byFamily.forEach(
        (family, sets) -> {
          figures.add(figure(family, "auc_roc", sets, DetectorResult::aucRoc));
          figures.add(figure(family, "auc_pr", sets, DetectorResult::aucPr));
        });
    return figures;
  }

  private static Figure figure(
      String family,
      String measure,
      List<List<DetectorResult>> sets,
      ToDoubleFunction<DetectorResult> of) {
    double best = 0;
    for (int k = 1; k < sets.get(0).size(); k++) {
      best = Math.max(best, mean(sets, k, of));
    }
    return Figure.of("quality." + family + "." + measure, mean(sets, 0, of), measure, best);
  }

  private static double mean(
      List<List<DetectorResult>> sets, int detector, ToDoubleFunction<DetectorResult> of) {
    return sets.stream()
        .map(results -> results.get(detector))
        .mapToDouble(of)
        .average()
        .orElseThrow();
  }
}
