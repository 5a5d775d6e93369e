package dev.elbow.trainer;

import dev.elbow.bundle.Lineage;
import dev.elbow.bundle.Threshold;
import dev.elbow.input.InvalidInputException;
import dev.elbow.score.DiagonalGaussian;
import dev.elbow.score.Draws;
import dev.elbow.score.Rows;
import dev.elbow.score.SensorScores;
import dev.elbow.score.WeightedMixture;
import dev.elbow.trainer.calibrate.Thresholds;
import dev.elbow.trainer.data.ModelRows;
import dev.elbow.trainer.data.SensorTable;
import dev.elbow.trainer.data.Split;
import dev.elbow.trainer.fit.FitListener;
import dev.elbow.trainer.health.GapToPca;
import dev.elbow.trainer.health.ModelHealth;
import dev.elbow.trainer.mixture.MixtureFit;
import dev.elbow.trainer.onnx.BundleExport;
import dev.elbow.trainer.onnx.GoldenObservations;
import dev.elbow.trainer.report.HeldOutRows;
import dev.elbow.trainer.report.TrainingReport;
import dev.elbow.trainer.vae.Architecture;
import dev.elbow.trainer.vae.TrainedMember;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

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
   * Trains and writes the bundle.
   *
   * @param directory where the bundle goes; an earlier bundle there is replaced at the end
   * @param listener told after every round of the fit
   * @throws InvalidInputException if the data cannot be used, the fit diverges or the directory
   *     cannot be written
   */
  public BundleExport.Exported writeTo(Path directory, FitListener listener) {
    Split split = rows.holdOut();
    InputFit input = inputFit(split.seen(), split.fit());
    ModelRows fitRows = input.fitRows();
    ModelRows heldOutFeatures = input.features(split.heldOut());
    ModelRows heldOutRows = heldOutFeatures.whitened(input.whitening());

    MembersFit fits = new MembersFit(settings, listener);
    List<MemberFit.Fitted> fitted = fits.fit(fitRows, heldOutRows);

    Optional<WeightedMixture> mixture = mixture(fitRows, fitted.get(0).member(), input);
    Draws draws = draws();
    SensorScores heldOut =
        TrainedMember.negativeElbo(input.frontEnd(), MembersFit.members(fitted), mixture, draws)
            .score(heldOutFeatures.x(), heldOutFeatures.mask());
    double[] scores = IntStream.range(0, heldOut.count()).mapToDouble(heldOut::score).toArray();
    AlarmCalibration calibration =
        AlarmCalibration.of(settings.alarms(), rows, split.heldOut(), scores);
    Threshold threshold = Thresholds.of(calibration.sample(), settings.threshold());

    ScoreParts parts = parts(scores, heldOutFeatures, input, mixture);
    ModelRows some = fitRows.evenly(ModelHealth.MOST_ROWS);
    List<DiagonalGaussian> posteriors =
        fitted.stream().map(fit -> fit.member().vae().encode(some.x())).toList();
    ModelHealth health = ModelHealth.of(posteriors, gapToPca(some, heldOutRows, parts));
    Lineage lineage =
        new TrainingLineage(table, split, settings, rows.leftOut(split))
            .with(heldOut, parts, fitted, health);
    TrainingReport report =
        new TrainingReport(
            lineage,
            table.sensors(),
            BundleExport.networkOf(settings.fit().network()),
            threshold,
            calibration.alarms(),
            calibration.sample().scores(),
            inTime(
                split.heldOut(),
                heldOut,
                calibration.statistics(),
                meansOf(fitted.get(0).member(), heldOutRows)),
            posteriors.get(0).mean(),
            health,
            fitted.get(0).training(),
            fitted.get(0).validation(),
            fitted.get(0).chosenRound(),
            List.of(),
            Thresholds.warning(threshold).stream().toList());
    InputFit last = fits.refits() ? inputFit(rows.usable(), rows.windowed()) : input;
    List<TrainedMember> members =
        fits.refits() ? fits.refit(fitted, last.fitRows()) : MembersFit.members(fitted);
    return new BundleExport(
            members,
            fits.refits() ? mixture(last.fitRows(), members.get(0), last) : mixture,
            last.frontEnd(),
            draws,
            threshold,
            calibration.alarms(),
            calibration.sample().scores(),
            table.entities().stream().sorted().toList(),
            lineage,
            GoldenObservations.choose(
                i -> rows.window(split.heldOut()[i]), table.features(), scores),
            report.toHtml())
        .writeTo(directory);
  }

  private InputFit inputFit(int[] seen, int[] fit) {
    return InputFit.of(table, rows, settings.input(), seen, fit);
  }

  private Optional<WeightedMixture> mixture(ModelRows fit, TrainedMember filler, InputFit input) {
    return MixtureFit.fit(
        fit, filler.vae(), input.transform().squash(), settings.mixture(), settings.fit().seed());
  }

  private static ScoreParts parts(
      double[] scores, ModelRows rows, InputFit input, Optional<WeightedMixture> mixture) {
    double score = Arrays.stream(scores).average().orElseThrow();
    return input.whitening().isPresent()
        ? ScoreParts.ofWindows(score)
        : ScoreParts.ofRows(score, rows, input.transform().squash(), mixture);
  }

  private Optional<GapToPca> gapToPca(ModelRows fit, ModelRows heldOut, ScoreParts parts) {
    Architecture network = settings.fit().network();
    double leastVariance = network.sigmaMin() * network.sigmaMin();
    return GapToPca.measure(fit, heldOut, parts.ofModelRows(), network.latents(), leastVariance);
  }

  private static Rows meansOf(TrainedMember member, ModelRows rows) {
    return member.vae().encode(rows.x()).mean();
  }

  private HeldOutRows inTime(
      int[] heldOut, SensorScores scores, double[] judged, Rows latentMeans) {
    int[] order =
        IntStream.range(0, heldOut.length)
            .boxed()
            .sorted(Comparator.comparing(i -> table.timestamp(heldOut[i]).orElse(Instant.EPOCH)))
            .mapToInt(Integer::intValue)
            .toArray();
    return new HeldOutRows(
        scores,
        judged,
        latentMeans,
        order,
        table.timestamp(heldOut[order[0]]),
        table.timestamp(heldOut[order[order.length - 1]]));
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
