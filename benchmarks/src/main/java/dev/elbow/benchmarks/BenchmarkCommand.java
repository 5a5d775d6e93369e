package dev.elbow.benchmarks;

import dev.elbow.benchmarks.fuzz.FuzzCommand;
import dev.elbow.benchmarks.jmh.JmhCommand;
import dev.elbow.benchmarks.pipeline.LatencyCommand;
import dev.elbow.benchmarks.pipeline.ThroughputCommand;
import dev.elbow.benchmarks.quality.CalibrationCommand;
import dev.elbow.benchmarks.quality.DriftCommand;
import dev.elbow.benchmarks.quality.ExplanationCommand;
import dev.elbow.benchmarks.quality.MissingCommand;
import dev.elbow.benchmarks.quality.QualityCommand;
import dev.elbow.benchmarks.reading.ReadingCommand;
import dev.elbow.benchmarks.reliability.DrillsCommand;
import dev.elbow.benchmarks.reliability.ReliabilityCommand;
import dev.elbow.benchmarks.reliability.SoakCommand;
import dev.elbow.benchmarks.training.TrainingCommand;
import dev.elbow.cli.ElbowCommand;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code benchmark}: the figures the documents quote, measured again. */
@Command(
    name = "benchmark",
    mixinStandardHelpOptions = true,
    subcommands = {
      QualityCommand.class,
      CalibrationCommand.class,
      ExplanationCommand.class,
      MissingCommand.class,
      DriftCommand.class,
      ThroughputCommand.class,
      LatencyCommand.class,
      TrainingCommand.class,
      ReadingCommand.class,
      ReliabilityCommand.class,
      DrillsCommand.class,
      SoakCommand.class,
      FuzzCommand.class,
      JmhCommand.class
    },
    description = "Measures what the documents claim, each figure beside its baseline.")
public final class BenchmarkCommand implements ElbowCommand {

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    if (spec == null) {
      throw new IllegalStateException("not run by the command line");
    }
    throw new ParameterException(
        spec.commandLine(),
        "a benchmark is missing: one of " + String.join(", ", spec.subcommands().keySet()));
  }
}
