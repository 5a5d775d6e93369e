package dev.elbow.cli;

import dev.elbow.alarm.Clocks;
import dev.elbow.alarm.Smoothing;
import dev.elbow.input.InvalidInputException;
import dev.elbow.trainer.calibrate.AlarmSettings;
import dev.elbow.trainer.data.SensorTable;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How alarms are told from the scores of one machine. */
final class AlarmOptions {

  @Option(
      names = "--smoothing",
      paramLabel = "ALPHA",
      description =
          "Weight of the newest score in the moving average that alarms are told from, above 0 and"
              + " at most 1, which does not smooth. Default: 1; 0.1 for windows.")
  private Optional<Double> smoothing = Optional.empty();

  @Option(
      names = "--alarm-rule",
      paramLabel = "RULE",
      description =
          "fixed: one threshold for good. two-clocks: onsets against a level that follows the"
              + " scores, and shifts of that level. Default: fixed; two-clocks for windows.")
  private Optional<AlarmSettings.Rule> rule = Optional.empty();

  @Option(
      names = "--fast-clock",
      paramLabel = "ROWS",
      description =
          "Over about how many rows the level of two clocks follows the scores. Default: 100.")
  private Optional<Integer> fastClock = Optional.empty();

  @Option(
      names = "--slow-clock",
      paramLabel = "ROWS",
      description =
          "Over about how many rows the anchor that a shift is told from follows the level; 0: it"
              + " stands still until somebody acknowledges the shift. Default: 0.")
  private Optional<Integer> slowClock = Optional.empty();

  @Option(
      names = "--shift-spread",
      paramLabel = "N",
      description =
          "A level that many median absolute deviations above its anchor is a shift. Default: 3.")
  private Optional<Double> shiftSpread = Optional.empty();

  /**
   * The settings asked for.
   *
   * @param defaults where nothing was
   * @throws InvalidInputException if a setting goes with another rule, or with rows in the order of
   *     time, which the table does not have
   * @throws IllegalArgumentException if a number is outside its range
   */
  AlarmSettings settings(SensorTable table, AlarmSettings defaults) {
    AlarmSettings asked =
        new AlarmSettings(
            smoothing.map(Smoothing::new).orElse(defaults.smoothing()),
            rule.orElse(defaults.rule()),
            new Clocks(
                fastClock.orElse(Clocks.DEFAULT.fastRows()),
                slowClock.orElse(Clocks.DEFAULT.slowRows()),
                shiftSpread.orElse(Clocks.DEFAULT.shiftSpread())));
    boolean clocksGiven = fastClock.isPresent() || slowClock.isPresent() || shiftSpread.isPresent();
    if (clocksGiven && asked.rule() != AlarmSettings.Rule.TWO_CLOCKS) {
      throw new InvalidInputException(
          "--fast-clock, --slow-clock and --shift-spread go with --alarm-rule two-clocks; the rule"
              + " is fixed");
    }
    boolean ordered = table.hasTimestamps() || defaults.equals(AlarmSettings.SERIES);
    if (!ordered && !asked.withClocks(Clocks.DEFAULT).equals(AlarmSettings.ROWS)) {
      throw new InvalidInputException(
          "--smoothing and --alarm-rule two-clocks need rows in the order of time; the data have no"
              + " column timestamp, and without one rows count as independent unless --window says"
              + " how many belong together");
    }
    return asked;
  }
}
