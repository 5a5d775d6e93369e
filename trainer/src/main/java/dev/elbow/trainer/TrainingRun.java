package dev.elbow.trainer;

import dev.elbow.bundle.SigningKey;
import dev.elbow.bundle.Threshold;
import dev.elbow.input.InvalidInputException;
import dev.elbow.score.Draws;
import dev.elbow.score.SensorScores;
import dev.elbow.score.WeightedMixture;
import dev.elbow.trainer.calibrate.Thresholds;
import dev.elbow.trainer.data.ModelRows;
import dev.elbow.trainer.data.SensorTable;
import dev.elbow.trainer.data.Split;
import dev.elbow.trainer.fit.FitListener;
import dev.elbow.trainer.mixture.MixtureFit;
import dev.elbow.trainer.onnx.BundleExport;
import dev.elbow.trainer.onnx.GoldenObservations;
import dev.elbow.trainer.vae.TrainedMember;
import dev.elbow.trainer.vae.TrainedModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/**
 * A training run, from a table of sensor values to a bundle on disk.
 *
 * <p>Same table, same settings and same machine give the same bundle, byte for byte. A run that
 * fails leaves an earlier bundle in the directory as it was.
 */
public final class TrainingRun {

  /** Sets the stream of the score's draws apart from those of the split and the fit. */
  private static final long DRAWS_STREAM = 0x5c0_7e5L;

  private final SensorTable table;
  private final TrainingSettings settings;
  private final TrainingRows rows;

  /**
   * @param table normal operation; rows labelled anomalous are left out
   */
  public TrainingRun(SensorTable table, TrainingSettings settings) {
    this.table = table;
    this.settings = settings;
    this.rows = new TrainingRows(table, settings);
  }

  /**
   * Trains and writes the bundle, unsigned.
   *
   * @throws InvalidInputException as {@link #writeTo(Path, Optional, FitListener)}
   */
  public BundleExport.Exported writeTo(Path directory, FitListener listener) {
    return writeTo(directory, Optional.empty(), listener);
  }

  /**
   * Trains and writes the bundle.
   *
   * @param directory where the bundle goes; an earlier bundle there is replaced at the end
   * @param signer what it is signed with; empty: not at all
   * @param listener told after every round of the fit
   * @throws InvalidInputException if the data cannot be used, the fit diverges or the directory
   *     cannot be written
   */
  public BundleExport.Exported writeTo(
      Path directory, Optional<SigningKey> signer, FitListener listener) {
    Split split = rows.holdOut();
    InputFit input = inputFit(split.seen(), split.fit());
    ModelRows heldOut = input.features(split.heldOut());
    MembersFit fits = new MembersFit(settings, listener);
    List<MemberFit.Fitted> fitted = fits.fit(input.fitRows(), heldOut.whitened(input.whitening()));
    TrainedModel model = model(input, MembersFit.members(fitted));

    Validation validation = validate(model, split, heldOut);
    TrainingAccount account =
        TrainingAccount.of(table, rows, settings, input, fitted, model, validation);

    IntFunction<double[]> heldOutWindow = i -> rows.window(split.heldOut()[i]);
    double[] scores = validation.scores().values();
    TrainedModel last = fits.refits() ? refit(fits, fitted) : model;
    return new BundleExport(
            last,
            validation.threshold(),
            validation.calibration().alarms(),
            validation.calibration().sample().scores(),
            table.entities().stream().sorted().toList(),
            account.lineage(),
            GoldenObservations.choose(heldOutWindow, table.features(), scores),
            GoldenObservations.probes(heldOutWindow, table.features(), scores),
            account.report().toHtml())
        .writeTo(directory, signer);
  }

  private InputFit inputFit(int[] seen, int[] fit) {
    return InputFit.of(table, rows, settings.input(), seen, fit);
  }

  /** The members behind their front end, and beside the mixture, if one is wanted. */
  private TrainedModel model(InputFit input, List<TrainedMember> members) {
    Optional<WeightedMixture> mixture =
        MixtureFit.fit(
            input.fitRows(),
            members.get(0).vae(),
            input.transform().squash(),
            settings.mixture(),
            settings.fit().seed());
    return new TrainedModel(input.frontEnd(), members, mixture, draws());
  }

  private Validation validate(TrainedModel model, Split split, ModelRows heldOut) {
    SensorScores scores = model.negativeElbo().score(heldOut.x(), heldOut.mask());
    AlarmCalibration calibration =
        AlarmCalibration.of(settings.alarms(), rows, split.heldOut(), scores.values());
    Threshold threshold = Thresholds.of(calibration.sample(), settings.threshold());
    return new Validation(split, heldOut, scores, calibration, threshold);
  }

  /** The same once more on all rows, those held out too. */
  private TrainedModel refit(MembersFit fits, List<MemberFit.Fitted> fitted) {
    InputFit input = inputFit(rows.usable(), rows.windowed());
    return model(input, fits.refit(fitted, input.fitRows()));
  }

  private Draws draws() {
    int latents = settings.fit().network().latents();
    if (settings.scoreDraws() == 0) {
      return Draws.atTheMean(latents);
    }
    return Draws.antithetic(
        settings.scoreDraws(), latents, new SplittableRandom(settings.fit().seed() ^ DRAWS_STREAM));
  }
}
