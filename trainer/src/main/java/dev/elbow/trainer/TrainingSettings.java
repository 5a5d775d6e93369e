package dev.elbow.trainer;

import dev.elbow.bundle.Manifest;
import dev.elbow.trainer.calibrate.AlarmSettings;
import dev.elbow.trainer.calibrate.ThresholdSettings;
import dev.elbow.trainer.data.SensorTable;
import dev.elbow.trainer.data.Split;
import dev.elbow.trainer.fit.EarlyStopping;
import dev.elbow.trainer.fit.FitSettings;
import dev.elbow.trainer.input.InputChoice;
import dev.elbow.trainer.input.InputSettings;
import dev.elbow.trainer.mixture.MixtureSettings;
import dev.elbow.trainer.prior.PriorSettings;
import dev.elbow.trainer.vae.Activation;
import java.util.List;
import java.util.Optional;

/**
 * Everything a training run depends on besides its data.
 *
 * @param input what the networks see of the rows
 * @param fit how the networks are fitted; its seed is the seed of the whole run
 * @param members how many autoencoders, 1 to 16; the score is the mean of theirs
 * @param prior which prior the score has
 * @param mixture whether the score of single rows has an exemplar mixture beside the autoencoders
 * @param alarms how alarms are told from an entity's scores
 * @param threshold which false-alarm rate the threshold keeps, and how it is found
 * @param heldOut share of the rows held out for validation and threshold, in (0, 1)
 * @param scoreDraws S, fixed draws of the score's Monte Carlo estimate; 0 stands for z = μ
 */
public record TrainingSettings(
    InputChoice input,
    FitSettings fit,
    int members,
    PriorSettings prior,
    MixtureSettings mixture,
    AlarmSettings alarms,
    ThresholdSettings threshold,
    double heldOut,
    int scoreDraws) {

  /** One normal row in a thousand. */
  public static final double FALSE_ALARM_RATE = 0.001;

  /** So many rows of the fit for every feature let a second fit keep the threshold of the first. */
  private static final int ROWS_PER_FEATURE = 3;

  /** Of the encoder's hidden layers for independent rows. */
  private static final List<Integer> WIDE = List.of(128, 64);

  /** S = 16, as in the measured recipe; the draws are antithetic. */
  public static final int SCORE_DRAWS = 16;

  /**
   * @throws IllegalArgumentException if a number is outside its range
   */
  public TrainingSettings {
    if (!(heldOut > 0 && heldOut < 1)) {
      throw new IllegalArgumentException(
          "held-out share: expected a number between 0 and 1, found " + heldOut);
    }
    if (members < 1 || members > Manifest.MAX_MEMBERS) {
      throw new IllegalArgumentException(
          "members: expected 1 to %d, found %d".formatted(Manifest.MAX_MEMBERS, members));
    }
    if (mixture.isPresent() && !input.window().isSingleRow()) {
      throw new IllegalArgumentException(
          "--mixture goes with single rows, found windows of %d rows; give --window rows or --mixture 0"
              .formatted(input.window().rows()));
    }
    if (mixture.isPresent() && fit.network().features() > MixtureSettings.MOST_SENSORS) {
      throw new IllegalArgumentException(
          "--mixture goes with at most %d sensors, found %d; give --mixture 0"
              .formatted(MixtureSettings.MOST_SENSORS, fit.network().features()));
    }
    if (scoreDraws < 0) {
      throw new IllegalArgumentException("score draws: expected 0 or more, found " + scoreDraws);
    }
  }

  /** The defaults for a table. */
  public static TrainingSettings defaults(SensorTable table) {
    return defaults(table, InputChoice.of(table, InputSettings.AUTO));
  }

  /** The defaults for a table and what is to be seen of it. */
  public static TrainingSettings defaults(SensorTable table, InputChoice input) {
    return new TrainingSettings(
        input,
        fitDefaults(table, input),
        membersDefault(table),
        priorDefault(table),
        mixtureDefault(table, input),
        alarmsDefault(input),
        ThresholdSettings.ofRate(FALSE_ALARM_RATE),
        Split.HELD_OUT,
        SCORE_DRAWS);
  }

  /**
   * The defaults of the fit for a table and what is seen of it. Independent rows get SiLU, which
   * reaches a lower negative ELBO on held-out rows, and wider layers. Series get tanh, which
   * saturates: a sensor that drifts beyond the fit rows then does not carry the network beyond what
   * it has learned; the round that the held-out rows prefer, because few rows that resemble each
   * other are soon known by heart; and then, if they are enough, a second fit to all rows, because
   * a machine that ages resembles its latest rows most, which are those held out.
   */
  public static FitSettings fitDefaults(SensorTable table, InputChoice input) {
    FitSettings fit = FitSettings.defaults(input.window().features(table.features()));
    return table.hasTimestamps()
        ? fit.withNetwork(fit.network().withActivation(Activation.TANH))
            .withEarlyStopping(Optional.of(EarlyStopping.DEFAULT.withRefit(refits(table, input))))
        : fit.withNetwork(fit.network().withHidden(WIDE));
  }

  /**
   * A squared distance measured by the covariance of n rows of F features comes out about n / (n −
   * F) times too large for rows that are new: the mean of an inverted Wishart matrix (Anderson, "An
   * Introduction to Multivariate Statistical Analysis"). With three rows for every feature a second
   * fit to the rows held out too lowers that from 1.50 to 1.40; with hardly more rows than features
   * it changes by any factor, and the threshold, which is that of the first fit, is worth nothing.
   */
  private static boolean refits(SensorTable table, InputChoice input) {
    double fitted = (1 - Split.HELD_OUT) * table.normalRows().length;
    return fitted >= ROWS_PER_FEATURE * input.window().features(table.features());
  }

  /** Three for independent rows; of series the mean of several ranked no better than one. */
  public static int membersDefault(SensorTable table) {
    return table.hasTimestamps() ? 1 : 3;
  }

  /** Exemplars for independent rows; of series they gained nothing, or cost. */
  public static PriorSettings priorDefault(SensorTable table) {
    return table.hasTimestamps()
        ? new PriorSettings.Standard()
        : new PriorSettings.Exemplars(PriorSettings.Exemplars.COUNT, PriorSettings.Factor.DEFAULT);
  }

  /**
   * Equal say for mixture and autoencoders on independent rows, unless there are too many sensors
   * for one covariance. The rows of a series resemble their neighbours in time, by which the
   * mixture would think every normal row has close relatives.
   */
  public static MixtureSettings mixtureDefault(SensorTable table, InputChoice input) {
    return !table.hasTimestamps()
            && input.window().isSingleRow()
            && table.features() <= MixtureSettings.MOST_SENSORS
        ? MixtureSettings.EQUAL
        : MixtureSettings.NONE;
  }

  /**
   * Of rows that are seen as a series the scores are smoothed and alarms told by two clocks; rows
   * that are judged one by one are held against one threshold each.
   */
  public static AlarmSettings alarmsDefault(InputChoice input) {
    return input.window().isSingleRow() ? AlarmSettings.ROWS : AlarmSettings.SERIES;
  }

  /** The same with another fit. */
  public TrainingSettings withFit(FitSettings other) {
    return new TrainingSettings(
        input, other, members, prior, mixture, alarms, threshold, heldOut, scoreDraws);
  }

  /** The same with another number of members. */
  public TrainingSettings withMembers(int other) {
    return new TrainingSettings(
        input, fit, other, prior, mixture, alarms, threshold, heldOut, scoreDraws);
  }

  /** The same with another prior. */
  public TrainingSettings withPrior(PriorSettings other) {
    return new TrainingSettings(
        input, fit, members, other, mixture, alarms, threshold, heldOut, scoreDraws);
  }

  /** The same with another mixture, or none. */
  public TrainingSettings withMixture(MixtureSettings other) {
    return new TrainingSettings(
        input, fit, members, prior, other, alarms, threshold, heldOut, scoreDraws);
  }

  /** The same with alarms told in another way. */
  public TrainingSettings withAlarms(AlarmSettings other) {
    return new TrainingSettings(
        input, fit, members, prior, mixture, other, threshold, heldOut, scoreDraws);
  }

  /** The same with another false-alarm rate, kept by whatever method the rows allow. */
  public TrainingSettings withFalseAlarmRate(double rate) {
    return new TrainingSettings(
        input,
        fit,
        members,
        prior,
        mixture,
        alarms,
        ThresholdSettings.ofRate(rate),
        heldOut,
        scoreDraws);
  }
}
