package dev.elbow.benchmarks.training;

import dev.elbow.benchmarks.FigureOptions;
import dev.elbow.benchmarks.Machine;
import dev.elbow.benchmarks.quality.TemporaryFolder;
import dev.elbow.benchmarks.training.SpeedTable.Side;
import dev.elbow.input.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code benchmark training}: rows per second of a fit, beside PyTorch's. */
@Command(
    name = "training",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Fits the same networks to the same number of rows by Elbow and by PyTorch (eager, float32),"
          + " with the same minibatches and alternating steps, one thread each, in processes of"
          + " their own that take turns, and prints rows per second and their ratio. A second is one"
          + " of the training thread's processor time, so that other programs disturb little.",
      "Also by Elbow without its native library. Without a Python that has torch there is no"
          + " baseline, and no ratio."
    })
public final class TrainingCommand implements Callable<Integer> {

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "Runs whose median counts. Default: ${DEFAULT-VALUE}.")
  private int runs = 5;

  @Option(
      names = "--seconds",
      paramLabel = "SECONDS",
      description =
          "Time that each side is measured for, in each run and case, after as long a warm-up."
              + " Default: ${DEFAULT-VALUE}.")
  private double seconds = 2;

  @Option(
      names = "--cases",
      split = ",",
      paramLabel = "NAME",
      description =
          "Cases, separated by commas. Default: small.64,small.256,small.1024,large.64,large.256.")
  private List<String> cases = TrainingCase.ALL.stream().map(TrainingCase::name).toList();

  @Option(
      names = "--python",
      paramLabel = "PROGRAM",
      description = "A Python that has torch. Default: python3, then /usr/bin/python3.")
  private Optional<String> python = Optional.empty();

  @Mixin private FigureOptions output = new FigureOptions();

  @Override
  public Integer call() throws Exception {
    if (runs < 1 || !(seconds > 0 && seconds <= 60)) {
      throw new InvalidInputException(
          "expected --runs of at least 1 and --seconds above 0 and at most 60, found %d and %s"
              .formatted(runs, seconds));
    }
    List<String> known = TrainingCase.ALL.stream().map(TrainingCase::name).toList();
    if (!known.containsAll(cases)) {
      throw new InvalidInputException(
          "--cases: expected some of %s, found %s"
              .formatted(String.join(", ", known), String.join(", ", cases)));
    }
    try (TemporaryFolder folder = TemporaryFolder.create()) {
      SpeedTable table = measure(sides(folder.path()));
      System.out.print(table.text());
      System.out.println(Machine.describe());
      output.write(table.figures());
    }
    return 0;
  }

  private Map<Side, SpeedProcess> sides(Path folder) throws IOException {
    Map<Side, SpeedProcess> sides = new EnumMap<>(Side.class);
    sides.put(Side.ELBOW, SpeedProcess.elbow());
    Path script = folder.resolve("pytorch_speed.py");
    SpeedProcess.writeScript(script);
    List<String> interpreters =
        new ArrayList<>(python.map(List::of).orElse(List.of("python3", "/usr/bin/python3")));
    Optional<SpeedProcess> pytorch = SpeedProcess.pytorch(interpreters, script);
    pytorch.ifPresent(process -> sides.put(Side.PYTORCH, process));
    if (pytorch.isEmpty()) {
      System.err.printf(
          "no PyTorch to compare with: none of %s can import torch. Install it (Debian: apt-get"
              + " install python3-torch libopenblas0-pthread) or name a Python by --python%n",
          interpreters);
    }
    sides.put(Side.ELBOW_WITHOUT_LIBRARY, SpeedProcess.elbowWithoutLibrary());
    return sides;
  }

  private List<TrainingCase> chosen() {
    return TrainingCase.ALL.stream().filter(what -> cases.contains(what.name())).toList();
  }

  private SpeedTable measure(Map<Side, SpeedProcess> sides)
      throws IOException, InterruptedException {
    SpeedTable table = new SpeedTable();
    for (int run = 1; run <= runs; run++) {
      for (TrainingCase what : chosen()) {
        for (Map.Entry<Side, SpeedProcess> side : sides.entrySet()) {
          table.add(what, side.getKey(), side.getValue().measure(what, seconds));
        }
      }
      System.err.printf("run %d of %d done%n", run, runs);
    }
    return table;
  }
}
