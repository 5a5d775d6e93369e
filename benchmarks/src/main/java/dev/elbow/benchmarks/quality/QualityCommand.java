package dev.elbow.benchmarks.quality;

import dev.elbow.benchmarks.Figure;
import dev.elbow.cli.FitOptions;
import dev.elbow.input.InvalidInputException;
import dev.elbow.trainer.evaluate.DetectorResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

  @Mixin private CollectionOptions collection = new CollectionOptions();

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "Sets trained side by side. Default: the machine's processors.")
  private int jobs = Runtime.getRuntime().availableProcessors();

  @Mixin private FitOptions fit = new FitOptions();

  @Override
  public Integer call() {
    if (jobs < 1) {
      throw new InvalidInputException("--jobs: expected at least 1, found " + jobs);
    }
    List<Long> seeds = collection.seeds(fit);
    Map<String, List<List<DetectorResult>>> byFamily = new LinkedHashMap<>();
    forEachTraining(
        seeds,
        (training, results) -> {
          System.out.print(lines(training.title(), results));
          byFamily
              .computeIfAbsent(training.set().family(), family -> new ArrayList<>())
              .add(results);
        });
    if (byFamily.isEmpty()) {
      throw collection.nothingToMeasure("test rows");
    }
    List<FamilyResult> families =
        byFamily.entrySet().stream()
            .map(family -> FamilyResult.of(family.getKey(), seeds.size(), family.getValue()))
            .toList();
    System.out.printf(
        "%nmeans by family, AUC-ROC / AUC-PR%n%s", new FamilyTable(Target.byFamily()).of(families));
    collection.write(figures(families));
    return 0;
  }

  /** A set and the seed of one of the trainings on it. */
  private record Training(DataSet set, long seed, boolean only) {

    String title() {
      return only ? set.name() : "%s, seed %d".formatted(set.name(), seed);
    }
  }

  /** Runs them side by side and hands over their results in the order of the collection. */
  private void forEachTraining(List<Long> seeds, BiConsumer<Training, List<DetectorResult>> sink) {
    List<Training> trainings =
        collection.testedSets().stream()
            .flatMap(set -> seeds.stream().map(seed -> new Training(set, seed, seeds.size() == 1)))
            .toList();
    ExecutorService workers = Executors.newFixedThreadPool(jobs);
    try {
      List<Future<List<DetectorResult>>> runs =
          trainings.stream()
              .map(one -> workers.submit(() -> QualityRun.of(one.set(), fit, one.seed())))
              .toList();
      for (int k = 0; k < trainings.size(); k++) {
        sink.accept(trainings.get(k), resultOf(trainings.get(k).set(), runs.get(k)));
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
