package dev.elbow.benchmarks.reliability;

import dev.elbow.benchmarks.FigureOptions;
import dev.elbow.demo.QuietLogs;
import dev.elbow.input.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code benchmark drills}: what an operator sees of a fault, and what it costs. */
@Command(
    name = "drills",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Lets a real broker and a real detector, processes of their own, meet the faults of"
          + " docs/operations.md while records flow, and prints what the health page, the log and"
          + " the exit code said, and what has become of every record.",
      "Exit code 1 if a record is missing or doubled, or what must be seen was not. A drill that"
          + " cannot be done on this machine is left out, and it is said why."
    })
public final class DrillsCommand implements Callable<Integer> {

  @Option(
      names = "--drill",
      split = ",",
      paramLabel = "NAME",
      description = "Only these: ${COMPLETION-CANDIDATES}.",
      completionCandidates = Names.class)
  private List<String> names = List.of();

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description = "Drills at a time. Default: one per processor, here ${DEFAULT-VALUE}.")
  private int parallel = Runtime.getRuntime().availableProcessors();

  @Mixin private FigureOptions output = new FigureOptions();

  /** For the help. */
  static final class Names extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    Names() {
      super(known());
    }
  }

  private static List<String> known() {
    return Arrays.stream(Drill.values()).map(Drill::code).toList();
  }

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    if (parallel < 1) {
      throw new InvalidInputException("--parallel: expected at least 1, found " + parallel);
    }
    List<Drill> drills = drills();
    QuietLogs.unlessAskedFor();
    Path directory = Files.createTempDirectory("elbow-drills-");
    DrillTable table = new DrillTable();
    try (Grounds grounds = new Grounds(directory)) {
      run(drills, grounds, table);
    }
    System.out.print(table.text());
    if (!table.isAsExpected()) {
      System.out.println("NOT as it must be; data and logs are in " + directory);
      return 1;
    }
    Folder.delete(directory);
    return 0;
  }

  private void run(List<Drill> drills, Grounds grounds, DrillTable table)
      throws InterruptedException, ExecutionException {
    ExecutorService workers = Executors.newFixedThreadPool(parallel);
    try {
      List<Future<?>> running = new ArrayList<>();
      drills.forEach(drill -> running.add(workers.submit(() -> run(drill, grounds, table))));
      for (Future<?> one : running) {
        one.get();
      }
    } finally {
      workers.shutdownNow();
    }
  }

  private void run(Drill drill, Grounds grounds, DrillTable table) {
    try {
      DrillRun run = DrillRun.of(drill, grounds);
      table.add(run);
      System.err.println(drill.code() + ": " + run.trial() + " " + run.seen());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) { // one that comes to no end must not take the others with it
      table.addBroken(drill);
      System.err.println(drill.code() + ": came to no end: " + e);
    }
    output.write(table.figures());
  }

  private List<Drill> drills() {
    if (!known().containsAll(names)) {
      throw new InvalidInputException(
          "--drill: expected some of %s, found %s"
              .formatted(String.join(", ", known()), String.join(", ", names)));
    }
    List<Drill> chosen = new ArrayList<>();
    for (Drill drill : Drill.values()) {
      if (names.isEmpty() || names.contains(drill.code())) {
        String impossible = drill.impossibleHere();
        if (impossible.isEmpty()) {
          chosen.add(drill);
        } else {
          System.err.println(drill.code() + ": left out, " + impossible);
        }
      }
    }
    return chosen;
  }
}
