package dev.elbow.benchmarks.jmh;

import dev.elbow.input.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code benchmark jmh}: hands over to JMH's own runner. */
@Command(
    name = "jmh",
    customSynopsis = "elbow benchmark jmh [PATTERN...] [JMH OPTION...]",
    description = {
      "Runs the JMH benchmarks of the kernels, the scorer and the codecs.",
      "The arguments are JMH's own: patterns of names and its options (-l lists the benchmarks,"
          + " -h tells all options, -p rows=64 picks a parameter, -prof gc counts allocations)."
    })
public final class JmhCommand implements Callable<Integer> {

  private static final String OURS = "dev\\.elbow\\..*";

  /** All of them: JMH has its own syntax. */
  @Unmatched private final List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    CommandLineOptions options;
    try {
      options = new CommandLineOptions(arguments.toArray(String[]::new));
    } catch (CommandLineOptionException e) {
      throw new InvalidInputException(
          "benchmark jmh %s: %s; -h tells JMH's options"
              .formatted(String.join(" ", arguments), e.getMessage()),
          e);
    }
    if (options.shouldHelp()) {
      options.showHelp();
      return 0;
    }
    Runner runner = new Runner(options.getIncludes().isEmpty() ? all(options) : options);
    if (options.shouldList()) {
      runner.list();
      return 0;
    }
    return run(runner);
  }

  private static Options all(CommandLineOptions options) {
    ChainedOptionsBuilder builder = new OptionsBuilder().parent(options);
    return builder.include(OURS).build();
  }

  private Integer run(Runner runner) throws RunnerException {
    try {
      runner.run();
      return 0;
    } catch (NoBenchmarksException e) {
      throw new InvalidInputException(
          "benchmark jmh %s: no benchmark has such a name; -l lists them"
              .formatted(String.join(" ", arguments)),
          e);
    }
  }
}
