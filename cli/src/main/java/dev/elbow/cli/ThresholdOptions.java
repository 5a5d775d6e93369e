package dev.elbow.cli;

import dev.elbow.input.InvalidInputException;
import dev.elbow.trainer.TrainingSettings;
import dev.elbow.trainer.calibrate.ThresholdMethod;
import dev.elbow.trainer.calibrate.ThresholdSettings;
import dev.elbow.trainer.calibrate.ThresholdSettings.AlarmBudget;
import dev.elbow.trainer.data.RowsPerMonth;
import dev.elbow.trainer.data.SensorTable;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How many false alarms there may be, and how the threshold that keeps it is found. */
final class ThresholdOptions {

  @Option(
      names = "--false-alarm-rate",
      paramLabel = "RATE",
      description = "Share of normal rows that may be called anomalous. Default: 0.001.")
  private Optional<Double> falseAlarmRate = Optional.empty();

  @Option(
      names = "--alarms-per-month",
      paramLabel = "N",
      description =
          "Normal rows that may be called anomalous in a month, over all entities, in place of a"
              + " rate: how many rows a month has is taken from the timestamps.")
  private Optional<Double> alarmsPerMonth = Optional.empty();

  @Option(
      names = "--threshold-method",
      paramLabel = "METHOD",
      description =
          "How the threshold is found from the held-out scores: EMPIRICAL, their quantile; PARETO,"
              + " the tail of the highest; AUTO, the tail where the rows are too few for the"
              + " quantile. Default: ${DEFAULT-VALUE}.")
  private ThresholdMethod method = ThresholdMethod.AUTO;

  /**
   * The settings for a table.
   *
   * @throws InvalidInputException if both rate and alarms are given, or a month's rows cannot be
   *     told
   * @throws IllegalArgumentException if a number is outside its range
   */
  ThresholdSettings settings(SensorTable table) {
    if (falseAlarmRate.isPresent() && alarmsPerMonth.isPresent()) {
      throw new InvalidInputException(
          "expected either --false-alarm-rate or --alarms-per-month, found both");
    }
    ThresholdSettings settings =
        alarmsPerMonth.isPresent()
            ? ThresholdSettings.ofBudget(new AlarmBudget(alarmsPerMonth.get(), rowsOfMonth(table)))
            : ThresholdSettings.ofRate(falseAlarmRate.orElse(TrainingSettings.FALSE_ALARM_RATE));
    return settings.withMethod(method);
  }

  private static double rowsOfMonth(SensorTable table) {
    return RowsPerMonth.of(table)
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "--alarms-per-month: how many rows a month has is told by a column timestamp,"
                        + " which the data lacks or which never changes; add it, or give"
                        + " --false-alarm-rate"));
  }
}
