package dev.elbow.demo;

import dev.elbow.cli.ElbowCommand;
import dev.elbow.input.InvalidInputException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code elbow demo}: the whole product on this machine with nothing installed. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the whole product on this machine: starts a Kafka broker in this process, trains a"
          + " model, replays data through Kafka and the detector, prints anomalies as they come and"
          + " a summary at the end.",
      "",
      "Without --data it runs on a simulated pumping station with injected faults. Without --train"
          + " or --model it trains on the leading fifth of the data and replays the rest."
    })
public final class DemoCommand implements ElbowCommand {

  /** What a shell reports of a program ended by Ctrl-C. */
  private static final int STOPPED = 130;

  @Option(names = "--data", paramLabel = "FILE.csv", description = "The observations to replay.")
  private Optional<Path> data = Optional.empty();

  @Option(names = "--train", paramLabel = "FILE.csv", description = "Observations to train on.")
  private Optional<Path> train = Optional.empty();

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description = "A bundle, directory or zip, to use instead of training.")
  private Optional<Path> model = Optional.empty();

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      defaultValue = "label",
      description = "Column with 0 and 1, if there is one (default: ${DEFAULT-VALUE}).")
  private String label = "label";

  @Option(names = "--entity", paramLabel = "COLUMN", description = "Column that names the machine.")
  private Optional<String> entity = Optional.empty();

  @Option(
      names = "--rate",
      paramLabel = "N",
      description =
          "Observations sent per second, 0 for as many as Kafka takes (default: all of the data in"
              + " about 20 s, at most 1500).")
  private Optional<Integer> rate = Optional.empty();

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      defaultValue = "60s",
      converter = DurationConverter.class,
      description = "Stop sending after this time, such as 60s or 5m (default: ${DEFAULT-VALUE}).")
  private Duration duration = Duration.ofSeconds(60);

  @Option(
      names = "--port",
      paramLabel = "P",
      defaultValue = "9464",
      description = "Port of metrics and health, 0 for any (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--false-alarm-rate",
      paramLabel = "SHARE",
      defaultValue = "0.001",
      description = "Share of normal rows that may be alarmed (default: ${DEFAULT-VALUE}).")
  private double falseAlarmRate;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of simulation and training (default: ${DEFAULT-VALUE}).")
  private long seed;

  /**
   * {@inheritDoc}
   *
   * @throws InvalidInputException if the options contradict each other or a file cannot be used
   */
  @Override
  public Integer call() throws Exception {
    DemoSettings settings =
        new DemoSettings(
            data, train, model, label, entity, rate, duration, port, seed, falseAlarmRate);
    boolean coloured = Boolean.getBoolean("elbow.colours") && System.getenv("NO_COLOR") == null;
    Demo demo = new Demo(settings, System.out, coloured);
    // Once the demo has ended, by itself or not, the hook has nothing left to wait for.
    Runtime.getRuntime().addShutdownHook(new Thread(demo::stop, "elbow-demo-stop"));
    QuietLogs.unlessAskedFor();
    DemoResult result;
    try {
      result = demo.run();
    } catch (CancellationException e) {
      System.out.println("Stopped.");
      return STOPPED;
    }
    return result.addsUp() ? 0 : 1;
  }

  /** Reads times such as {@code 90s}, {@code 5m} or {@code 1h}. */
  static final class DurationConverter implements ITypeConverter<Duration> {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

    @Override
    public Duration convert(String value) {
      Matcher form = FORM.matcher(value.toLowerCase(Locale.ROOT));
      if (!form.matches()) {
        throw new TypeConversionException(
            "expected a number with ms, s, m or h, such as 60s; found " + value);
      }
      long amount = Long.parseLong(form.group(1));
      return switch (form.group(2)) {
        case "ms" -> Duration.ofMillis(amount);
        case "s" -> Duration.ofSeconds(amount);
        case "m" -> Duration.ofMinutes(amount);
        default -> Duration.ofHours(amount);
      };
    }
  }
}
