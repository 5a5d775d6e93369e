package dev.elbow.cli;

import dev.elbow.row.Continuity;
import dev.elbow.row.Window;
import dev.elbow.trainer.input.InputSettings;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What the model sees of an entity's rows. */
final class WindowOptions {

  /** A window, or none where the data are to decide. */
  private record Asked(Optional<Window> window) {}

  @Option(
      names = "--window",
      paramLabel = "WINDOW",
      converter = WindowText.class,
      description =
          "How many of an entity's rows are seen at once. rows: each by itself. W: the last W rows."
              + " dyadic: the last 64, the older the coarser; or the lengths of blocks of which the"
              + " model sees the means, newest first, such as 1,1,2,4. auto: decided from the data."
              + " Default: auto.")
  private Asked window = new Asked(Optional.empty());

  @Option(
      names = "--ridge",
      paramLabel = "RIDGE",
      description =
          "Of the whitening of windows, in squared standard deviations. Default: 0.001; 0.1 where a"
              + " block is longer than a row.")
  private Optional<Double> ridge = Optional.empty();

  @Option(
      names = "--gap",
      paramLabel = "STEPS",
      description =
          "A step in time of more than so many usual ones breaks a window. Default:"
              + " ${DEFAULT-VALUE}.")
  private double gapSteps = Continuity.GAP_STEPS;

  /**
   * The settings that follow.
   *
   * @throws IllegalArgumentException if a number is outside its range
   */
  InputSettings settings() {
    return new InputSettings(
        window.window(), ridge.map(OptionalDouble::of).orElseGet(OptionalDouble::empty), gapSteps);
  }

  private static final class WindowText implements ITypeConverter<Asked> {
    @Override
    public Asked convert(String value) {
      String text = value.trim().toLowerCase(Locale.ROOT);
      try {
        return switch (text) {
          case "auto" -> new Asked(Optional.empty());
          case "rows" -> new Asked(Optional.of(Window.SINGLE_ROW));
          case "dyadic" -> new Asked(Optional.of(Window.DYADIC));
          default -> new Asked(Optional.of(window(text)));
        };
      } catch (NumberFormatException e) {
        throw new TypeConversionException(
            "expected auto, rows, dyadic, a number of rows or lengths of blocks such as 1,1,2,4;"
                + " found "
                + value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }

    private static Window window(String text) {
      return text.indexOf(',') < 0
          ? Window.ofRows(Integer.parseInt(text))
          : new Window(Arrays.stream(text.split(",", -1)).map(Integer::valueOf).toList());
    }
  }
}
