package dev.elbow.trainer.onnx;

import dev.elbow.alarm.Alarms;
import dev.elbow.bundle.BundleWriter;
import dev.elbow.bundle.Golden;
import dev.elbow.bundle.HeldOutScores;
import dev.elbow.bundle.Lineage;
import dev.elbow.bundle.Manifest;
import dev.elbow.bundle.Member;
import dev.elbow.bundle.MixtureEntry;
import dev.elbow.bundle.ModelBundle;
import dev.elbow.bundle.Network;
import dev.elbow.bundle.SigningKey;
import dev.elbow.bundle.Threshold;
import dev.elbow.bundle.WindowEntry;
import dev.elbow.input.InvalidInputException;
import dev.elbow.row.FrontEnd;
import dev.elbow.scoring.Scorer;
import dev.elbow.trainer.vae.Architecture;
import dev.elbow.trainer.vae.TrainedMember;
import dev.elbow.trainer.vae.TrainedModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a training found, on its way into a bundle.
 *
 * @param model what gives the score
 * @param threshold above which a row is an alarm
 * @param alarms how alarms are told from an entity's scores
 * @param calibration what the threshold was set on
 * @param entities the entities seen in training, sorted; empty if the data named none
 * @param lineage where all of it came from
 * @param golden the observations that the bundle shall prove itself by, each with its window: W·D
 *     values, NaN = missing; see {@link GoldenObservations#choose}
 * @param probes other observations of that form, on which it is measured beside the golden ones how
 *     far ONNX Runtime lies from double precision; see {@link GoldenObservations#probes}
 * @param report the training's report, HTML
 */
public record BundleExport(
    TrainedModel model,
    Threshold threshold,
    Alarms alarms,
    HeldOutScores calibration,
    List<String> entities,
    Lineage lineage,
    List<double[]> golden,
    List<double[]> probes,
    String report) {

  /** Copies the lists. */
  public BundleExport {
    entities = List.copyOf(entities);
    golden = List.copyOf(golden);
    probes = List.copyOf(probes);
  }

  /**
   * A bundle, and how well it scores.
   *
   * @param bundle what was written
   * @param goldenError the largest difference between double precision and ONNX Runtime over the
   *     golden observations, in nats
   */
  public record Exported(ModelBundle bundle, double goldenError) {}

  /**
   * Exports the networks, scores the golden observations through ONNX Runtime as the detector will,
   * and only then writes the bundle, in place of the one that may be there.
   *
   * @param signer what it is signed with; empty: not at all
   * @throws InvalidInputException if the exported networks do not score as the trained ones, in
   *     which case nothing is written, or if the directory cannot be written
   */
  public Exported writeTo(Path directory, Optional<SigningKey> signer) {
    ModelBundle bundle = toBundle();
    double goldenError = check(bundle);
    BundleWriter.write(signer.map(bundle::signedWith).orElse(bundle), directory);
    return new Exported(bundle, goldenError);
  }

  /**
   * The bundle in memory. Its networks have been run by ONNX Runtime, for the tolerance that it
   * declares comes from there.
   *
   * @throws InvalidInputException if the exported networks do not score as the trained ones
   */
  public ModelBundle toBundle() {
    List<Member> exported = model.members().stream().map(BundleExport::export).toList();
    List<double[]> all = Stream.concat(golden.stream(), probes.stream()).toList();
    double measured = check(bundle(exported, GoldenObservations.score(model, all)));
    Golden worstCase = GoldenObservations.score(model, golden);
    return bundle(exported, GoldenTolerance.declared(model, worstCase, measured));
  }

  private ModelBundle bundle(List<Member> exported, Golden scored) {
    return ModelBundle.of(
        manifest(exported),
        scored,
        calibration,
        model.frontEnd().whitening(),
        exported,
        model.mixture(),
        report);
  }

  static Member export(TrainedMember member) {
    return Member.of(
        OnnxExport.encoder(member.vae()), OnnxExport.decoder(member.vae()), member.prior());
  }

  private static double check(ModelBundle bundle) {
    try (Scorer scorer = Scorer.open(bundle)) {
      return scorer.goldenError();
    } catch (InvalidInputException e) {
      throw new InvalidInputException(
          "nothing was written, because the exported bundle failed its check: " + e.getMessage(),
          e);
    }
  }

  /** The shape of the networks as the manifest tells it. */
  public static Network networkOf(Architecture architecture) {
    return new Network(
        architecture.encoderHidden(),
        architecture.decoderHidden(),
        architecture.activation().name().toLowerCase(Locale.ROOT),
        architecture.sigmaMin(),
        architecture.sigmaMax(),
        architecture.linearSkips());
  }

  private Manifest manifest(List<Member> exported) {
    FrontEnd frontEnd = model.frontEnd();
    Architecture architecture = model.members().get(0).vae().architecture();
    return new Manifest(
        frontEnd.transform().sensors(),
        frontEnd.transform().squash(),
        WindowEntry.of(frontEnd.window(), frontEnd.continuity()),
        architecture.latents(),
        Manifest.drawsOf(model.draws()),
        exported.stream().map(Member::entry).toList(),
        MixtureEntry.of(model.mixture()),
        entities,
        threshold,
        alarms,
        networkOf(architecture),
        lineage);
  }
}
