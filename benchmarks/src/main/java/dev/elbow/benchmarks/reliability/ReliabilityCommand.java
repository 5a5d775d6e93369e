package dev.elbow.benchmarks.reliability;

import dev.elbow.benchmarks.FigureOptions;
import dev.elbow.benchmarks.reliability.Variant.Guarantee;
import dev.elbow.demo.QuietLogs;
import dev.elbow.input.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code benchmark reliability}: what is lost and what is doubled when things die. */
@Command(
    name = "reliability",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs a real broker and the detector as processes of their own, feeds them a known input, kills"
          + " or stops them at random moments and counts, read committed, what has become of every"
          + " record of the input. Seeds take turns in group protocol and in rows or series.",
      "Exit code 1 if a record is missing, or doubled under exactly-once, or if the negative control"
          + " loses none."
    })
public final class ReliabilityCommand implements Callable<Integer> {

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "Runs of each scenario under each guarantee. Default: ${DEFAULT-VALUE}.")
  private int seeds = 20;

  @Option(
      names = "--scenario",
      split = ",",
      paramLabel = "NAME",
      description =
          "Only these: detector_killed, detector_stopped, broker_killed, rebalance, swap, control.")
  private List<String> names = List.of();

  @Option(
      names = "--guarantee",
      split = ",",
      paramLabel = "NAME",
      description = "Only these: exactly_once_v2, at_least_once.")
  private List<Guarantee> guarantees = List.of(Guarantee.values());

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Any setting of the detector; of two values with | between them each has its turn. Can be"
              + " given several times. Unless it is among them: packing.records=1|512.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description =
          "Runs at a time; they mostly wait for Kafka. Default: two per processor, here"
              + " ${DEFAULT-VALUE}.")
  private int parallel = 2 * Runtime.getRuntime().availableProcessors();

  @Mixin private FigureOptions output = new FigureOptions();

  @Override
  public Integer call() throws IOException, InterruptedException, ExecutionException {
    if (seeds < 1) {
      throw new InvalidInputException("--seeds: expected at least 1, found " + seeds);
    }
    if (parallel < 1) {
      throw new InvalidInputException("--parallel: expected at least 1, found " + parallel);
    }
    List<Scenario> scenarios = scenarios();
    settings.putIfAbsent("packing.records", "1|512"); // one by one, and packed
    QuietLogs.unlessAskedFor();
    Path directory = Files.createTempDirectory("elbow-reliability-");
    Campaign campaign = Campaign.of(scenarios, guarantees, seeds, settings);
    ReliabilityTable table = new ReliabilityTable();
    Thread unfinished = new Thread(() -> System.out.print(table.text()), "elbow-unfinished");
    Runtime.getRuntime().addShutdownHook(unfinished);
    try (Grounds grounds = new Grounds(directory)) {
      grounds.rehearse(Variant.of(1, guarantees.get(0), settings));
      AtomicInteger ended = new AtomicInteger();
      campaign.run(
          grounds,
          parallel,
          run -> {
            System.err.printf(
                "%d of %d: %s%n", ended.incrementAndGet(), campaign.plan().size(), run);
            table.add(run);
            output.write(table.figures());
          });
    }
    Runtime.getRuntime().removeShutdownHook(unfinished);
    System.out.print(table.text());
    if (!table.isAsExpected()) {
      System.out.println("NOT as it must be; data and logs are in " + directory);
      return 1;
    }
    Folder.delete(directory);
    return 0;
  }

  private List<Scenario> scenarios() {
    List<String> known = Arrays.stream(Scenario.values()).map(Scenario::code).toList();
    if (!known.containsAll(names)) {
      throw new InvalidInputException(
          "--scenario: expected some of %s, found %s"
              .formatted(String.join(", ", known), String.join(", ", names)));
    }
    return Arrays.stream(Scenario.values())
        .filter(scenario -> names.isEmpty() || names.contains(scenario.code()))
        .collect(Collectors.toList());
  }
}
