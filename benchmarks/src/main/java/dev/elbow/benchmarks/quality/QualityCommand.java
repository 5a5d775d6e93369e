package dev.elbow.benchmarks.quality;

import dev.elbow.benchmarks.Figure;
import dev.elbow.benchmarks.FigureFile;
import dev.elbow.cli.FitOptions;
import dev.elbow.input.InvalidInputException;
import dev.elbow.trainer.evaluate.DetectorResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
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
          + " and AUC-PR by set and by family, beside simple detectors on the same rows, the floors"
          + " that must hold and the aims."
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
      names = "--jobs",
      paramLabel = "N",
      description = "Sets trained side by side. Default: the machine's processors.")
  private int jobs = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--output",
      paramLabel = "FILE.json",
      description = "Also write the means by family as JSON.")
  private Optional<Path> output = Optional.empty();

  @Mixin private FitOptions fit = new FitOptions();

  @Override
  public Integer call() {
    List<DataSet> sets =
        DataSet.in(data).stream()
            .filter(set -> families.isEmpty() || families.contains(set.family()))
            .toList();
    if (sets.isEmpty()) {
      throw new InvalidInputException(
          "--data %s: no set with test rows of the families asked for".formatted(data));
    }
    if (jobs < 1) {
      throw new InvalidInputException("--jobs: expected at least 1, found " + jobs);
    }
    Map<String, List<List<DetectorResult>>> byFamily = new LinkedHashMap<>();
    forEachSet(
        sets,
        (set, results) -> {
          System.out.print(lines(set.name(), results));
          byFamily.computeIfAbsent(set.family(), family -> new ArrayList<>()).add(results);
        });
    List<FamilyResult> families =
        byFamily.entrySet().stream()
            .map(family -> FamilyResult.of(family.getKey(), family.getValue()))
            .toList();
    System.out.printf(
        "%nmeans by family, AUC-ROC / AUC-PR%n%s", new FamilyTable(Target.byFamily()).of(families));
    output.ifPresent(file -> FigureFile.write(file, figures(families)));
    return 0;
  }

  /** Runs the sets side by side and hands over their results in the order of the collection. */
  private void forEachSet(List<DataSet> sets, BiConsumer<DataSet, List<DetectorResult>> sink) {
    ExecutorService workers = Executors.newFixedThreadPool(jobs);
    try {
      List<Future<List<DetectorResult>>> runs =
          sets.stream().map(set -> workers.submit(() -> QualityRun.of(set, fit))).toList();
      for (int k = 0; k < sets.size(); k++) {
        sink.accept(sets.get(k), resultOf(sets.get(k), runs.get(k)));
      }
    } finally {
      workers.shutdownNow();
    }
  }

  private static List<DetectorResult> resultOf(DataSet set, Future<List<DetectorResult>> run) {
    try {
      return run.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof InvalidInputException invalid
          ? new InvalidInputException(set.name() + ": " + invalid.getMessage(), invalid)
          : new IllegalStateException(set.name(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(set.name() + ": interrupted", e);
    }
  }

  /** A line per detector. */
  private static String lines(String title, List<DetectorResult> results) {
    StringBuilder text = new StringBuilder(title).append(System.lineSeparator());
    for (DetectorResult result : results) {
      text.append(
          String.format(
              Locale.ROOT,
              "  %-24s AUC-ROC %.4f  AUC-PR %.4f  false alarms %.2f %%%n",
              result.detector(),
              result.aucRoc(),
              result.aucPr(),
              100 * result.falseAlarmRate()));
    }
    return text.toString();
  }

  /** Elbow's means beside the best of the simple detectors' means. */
  private static List<Figure> figures(List<FamilyResult> families) {
    List<Figure> figures = new ArrayList<>();
    for (FamilyResult family : families) {
      figures.add(figure(family, "auc_roc", Target.Areas::roc));
      figures.add(figure(family, "auc_pr", Target.Areas::pr));
    }
    return figures;
  }

  private static Figure figure(
      FamilyResult family, String measure, ToDoubleFunction<Target.Areas> area) {
    return Figure.of(
        "quality." + family.family() + "." + measure,
        area.applyAsDouble(family.elbow().areas()),
        measure,
        area.applyAsDouble(family.bestBaseline(area).areas()));
  }
}
