package dev.elbow.cli;

import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The main class of {@code ./elbow}: finds the commands on the class path and runs one. */
@Command(
    name = "elbow",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description =
        "Finds anomalies in sensor streams on Apache Kafka, by the negative ELBO of a VAE.",
    footer = {"", "Exit codes: 0 success, 2 bad usage or bad input, 1 failure."})
public final class Elbow implements Runnable {

  @Spec private @Nullable CommandSpec spec;

  private Elbow() {}

  public static void main(String[] args) {
    // What is written is English, so its numbers are, too, wherever the machine stands.
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    System.exit(run(args));
  }

  /**
   * Runs one command in this process.
   *
   * @param args the command's name and its arguments
   * @return the exit code: 0 success, 2 bad usage or bad input, 1 failure
   */
  public static int run(String... args) {
    return commandLine().execute(args);
  }

  private static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new Elbow());
    ServiceLoader.load(ElbowCommand.class).stream()
        .map(ServiceLoader.Provider::get)
        .map(CommandLine::new)
        .sorted(Comparator.comparing(CommandLine::getCommandName))
        .forEach(command -> commandLine.addSubcommand(command.getCommandName(), command));
    return commandLine
        .setExecutionExceptionHandler(new FailureReport())
        .setParameterExceptionHandler(new UsageReport())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOverwrittenOptionsAllowed(false)
        .setUsageHelpAutoWidth(true);
  }

  @Override
  public void run() {
    throw new ParameterException(
        Objects.requireNonNull(spec).commandLine(),
        "a command is missing: one of "
            + String.join(", ", Objects.requireNonNull(spec).subcommands().keySet()));
  }
}
