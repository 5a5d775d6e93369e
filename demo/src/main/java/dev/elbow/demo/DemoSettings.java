package dev.elbow.demo;

import dev.elbow.input.InvalidInputException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What a demo is asked to do.
 *
 * @param data the CSV to replay; empty = the simulated pumping station
 * @param train the CSV to train on; empty = a part of the data
 * @param model the bundle to use instead of training
 * @param labelColumn the column with 0 and 1, which need not be there
 * @param entityColumn the column that names the machine; empty = there is none
 * @param rate observations sent per second, 0 = as many as Kafka takes; empty = as {@link #rateFor}
 *     says
 * @param duration when to stop sending, however much is left
 * @param port of metrics and health; 0 = any that is free
 * @param seed of the simulation and of the training
 * @param falseAlarmRate the share of normal rows that may be called anomalous, in (0, 1)
 */
public record DemoSettings(
    Optional<Path> data,
    Optional<Path> train,
    Optional<Path> model,
    String labelColumn,
    Optional<String> entityColumn,
    Optional<Integer> rate,
    Duration duration,
    int port,
    long seed,
    double falseAlarmRate) {

  /** Unless a rate is given, the data take about so long, for a person to watch. */
  static final int SECONDS_TO_WATCH = 20;

  /** Unless a rate is given, no more observations are sent per second. */
  static final int HIGHEST_DEFAULT_RATE = 1500;

  /**
   * @throws InvalidInputException if the settings contradict each other
   */
  public DemoSettings {
    require(rate.orElse(0) >= 0, "--rate: expected 0 or more, found " + rate.orElse(0));
    require(!duration.isNegative() && !duration.isZero(), "--duration: expected more than 0");
    require(
        falseAlarmRate > 0 && falseAlarmRate < 1,
        "--false-alarm-rate: expected a number between 0 and 1, found " + falseAlarmRate);
    require(
        train.isEmpty() || model.isEmpty(),
        "--train and --model: expected one or the other, found both");
    require(
        train.isEmpty() || data.isPresent(),
        "--train: expected --data with it; the simulated station trains on its own days");
  }

  /** The simulated pumping station, a minute at most. */
  public static DemoSettings defaults() {
    return new DemoSettings(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        "label",
        Optional.empty(),
        Optional.empty(),
        Duration.ofSeconds(60),
        0,
        1,
        0.001);
  }

  /**
   * Observations to send per second, 0 = as many as Kafka takes.
   *
   * @param rows how many there are
   */
  int rateFor(int rows) {
    return rate.orElse(Math.max(1, Math.min(HIGHEST_DEFAULT_RATE, rows / SECONDS_TO_WATCH)));
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new InvalidInputException(message);
    }
  }
}
