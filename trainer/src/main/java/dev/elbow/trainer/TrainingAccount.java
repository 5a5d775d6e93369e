package dev.elbow.trainer;

import dev.elbow.bundle.Lineage;
import dev.elbow.score.DiagonalGaussian;
import dev.elbow.score.Rows;
import dev.elbow.trainer.calibrate.Thresholds;
import dev.elbow.trainer.data.ModelRows;
import dev.elbow.trainer.data.SensorTable;
import dev.elbow.trainer.health.GapToPca;
import dev.elbow.trainer.health.ModelHealth;
import dev.elbow.trainer.onnx.BundleExport;
import dev.elbow.trainer.report.HeldOutRows;
import dev.elbow.trainer.report.TrainingReport;
import dev.elbow.trainer.vae.Architecture;
import dev.elbow.trainer.vae.TrainedModel;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a training run tells of itself.
 *
 * @param lineage where the model came from, what was measured, and how healthy it is
 * @param report the same for people to look at
 */
record TrainingAccount(Lineage lineage, TrainingReport report) {

  /**
   * Of the first fit, which the held-out rows took no part in.
   *
   * @param input what stands before the networks
   * @param fitted the members, in the order of their seeds
   * @param model what they are together
   * @param validation what the held-out rows said of it
   */
  static TrainingAccount of(
      SensorTable table,
      TrainingRows rows,
      TrainingSettings settings,
      InputFit input,
      List<MemberFit.Fitted> fitted,
      TrainedModel model,
      Validation validation) {
    ModelRows heldOut = validation.rows().whitened(input.whitening());
    ModelRows some = input.fitRows().evenly(ModelHealth.MOST_ROWS);
    List<DiagonalGaussian> posteriors =
        model.members().stream().map(member -> member.vae().encode(some.x())).toList();
    ScoreParts parts = parts(input, model, validation);
    ModelHealth health =
        ModelHealth.of(posteriors, gapToPca(settings.fit().network(), some, heldOut, parts));
    Lineage lineage =
        new TrainingLineage(table, validation.split(), settings, rows.leftOut(validation.split()))
            .with(validation.scores(), parts, fitted, health);
    MemberFit.Fitted first = fitted.get(0);
    return new TrainingAccount(
        lineage,
        new TrainingReport(
            lineage,
            table.sensors(),
            BundleExport.networkOf(settings.fit().network()),
            validation.threshold(),
            validation.calibration().alarms(),
            validation.calibration().sample().scores(),
            inTime(table, validation, first.member().vae().encode(heldOut.x()).mean()),
            posteriors.get(0).mean(),
            health,
            first.training(),
            first.validation(),
            first.chosenRound(),
            List.of(),
            Thresholds.warning(validation.threshold()).stream().toList()));
  }

  private static ScoreParts parts(InputFit input, TrainedModel model, Validation validation) {
    double score = Arrays.stream(validation.scores().values()).average().orElseThrow();
    return input.whitening().isPresent()
        ? ScoreParts.ofWindows(score)
        : ScoreParts.ofRows(score, validation.rows(), input.transform().squash(), model.mixture());
  }

  private static Optional<GapToPca> gapToPca(
      Architecture network, ModelRows fit, ModelRows heldOut, ScoreParts parts) {
    double leastVariance = network.sigmaMin() * network.sigmaMin();
    return GapToPca.measure(fit, heldOut, parts.ofModelRows(), network.latents(), leastVariance);
  }

  private static HeldOutRows inTime(SensorTable table, Validation validation, Rows latentMeans) {
    int[] heldOut = validation.split().heldOut();
    int[] order =
        IntStream.range(0, heldOut.length)
            .boxed()
            .sorted(Comparator.comparing(i -> table.timestamp(heldOut[i]).orElse(Instant.EPOCH)))
            .mapToInt(Integer::intValue)
            .toArray();
    return new HeldOutRows(
        validation.scores(),
        validation.calibration().statistics(),
        latentMeans,
        order,
        table.timestamp(heldOut[order[0]]),
        table.timestamp(heldOut[order[order.length - 1]]));
  }
}
