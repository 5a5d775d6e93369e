package dev.elbow.cli;

import dev.elbow.input.InvalidInputException;
import dev.elbow.trainer.TrainingSettings;
import dev.elbow.trainer.data.SensorTable;
import dev.elbow.trainer.data.Split;
import dev.elbow.trainer.fit.EarlyStopping;
import dev.elbow.trainer.fit.FitSettings;
import dev.elbow.trainer.input.InputChoice;
import dev.elbow.trainer.vae.Activation;
import dev.elbow.trainer.vae.Architecture;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The settings of a training run. What is not given comes from the measured recipe. */
public final class FitOptions {

  @Mixin private ThresholdOptions threshold = new ThresholdOptions();

  @Option(
      names = "--held-out",
      paramLabel = "SHARE",
      description =
          "Share of the rows kept from the fit, to set the threshold. Default: ${DEFAULT-VALUE}.")
  private double heldOut = Split.HELD_OUT;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of every random number. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--mode",
      description =
          "ALTERNATING (decoder and encoder in turn) or JOINT (for comparison). Default:"
              + " ${DEFAULT-VALUE}.")
  private FitSettings.Mode mode = FitSettings.Mode.ALTERNATING;

  @Option(
      names = "--theta-steps",
      paramLabel = "K",
      description = "Decoder steps per round, k_θ. Default: ${DEFAULT-VALUE}.")
  private int thetaSteps = 1;

  @Option(
      names = "--phi-steps",
      paramLabel = "K",
      description = "Encoder steps per round, k_φ. Default: ${DEFAULT-VALUE}.")
  private int phiSteps = 1;

  @Option(
      names = "--draws",
      paramLabel = "L",
      description = "Monte Carlo draws per row and training step. Default: ${DEFAULT-VALUE}.")
  private int draws = 1;

  @Option(
      names = "--score-draws",
      paramLabel = "S",
      description =
          "Fixed draws in the score; 0 decodes the posterior's mean. Default: ${DEFAULT-VALUE}.")
  private int scoreDraws = TrainingSettings.SCORE_DRAWS;

  @Option(
      names = "--latents",
      paramLabel = "K",
      description =
          "Width of the latent space. Default: half of what the model sees of the rows, 2 to 16.")
  private Optional<Integer> latents = Optional.empty();

  @Option(
      names = "--hidden",
      paramLabel = "WIDTH",
      split = ",",
      description =
          "Widths of the encoder's hidden layers, mirrored in the decoder. Default: 128,64; for data"
              + " with timestamps 64,32.")
  private List<Integer> hidden = List.of();

  @Option(
      names = "--activation",
      description =
          "What follows each hidden layer: ${COMPLETION-CANDIDATES}. Default: silu, tanh for data with timestamps.")
  private Optional<Activation> activation = Optional.empty();

  @Option(
      names = "--learning-rate",
      paramLabel = "RATE",
      description = "Adam's learning rate in the first round. Default: 0.003.")
  private Optional<Double> learningRate = Optional.empty();

  @Option(
      names = "--batch-size",
      paramLabel = "ROWS",
      description = "Rows per minibatch. Default: 64.")
  private Optional<Integer> batchSize = Optional.empty();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Minibatches in all. Default: 100 epochs, at least 400, at most 3000.")
  private Optional<Integer> rounds = Optional.empty();

  @Option(
      names = "--early-stopping",
      negatable = true,
      description =
          "Keeps the round under which the held-out rows have the lowest loss, and stops when it"
              + " falls no more. Default: for data with timestamps.")
  private Optional<Boolean> earlyStopping = Optional.empty();

  @Option(
      names = "--refit",
      negatable = true,
      description =
          "With early stopping: fits again to all rows, those held out too, for as many rounds as"
              + " were kept. Default: for data with timestamps and three rows or more to fit to for every"
              + " feature of the model.")
  private Optional<Boolean> refit = Optional.empty();

  @Option(
      names = "--linear-skips",
      description = "Lets x reach the latents, and these the sensors, past the hidden layers, too.")
  private boolean linearSkips;

  @Option(
      names = "--members",
      paramLabel = "M",
      description =
          "Autoencoders, each from a seed of its own; the score is the mean of theirs. Default: 3,"
              + " 1 for data with timestamps.")
  private Optional<Integer> members = Optional.empty();

  @Mixin private WindowOptions window = new WindowOptions();
  @Mixin private PriorOptions prior = new PriorOptions();
  @Mixin private MixtureOptions mixture = new MixtureOptions();
  @Mixin private AlarmOptions alarms = new AlarmOptions();

  /** Settings of which another share is held out unless one is given. */
  public static FitOptions holdingOut(double share) {
    FitOptions options = new FitOptions();
    options.heldOut = share;
    return options;
  }

  /** The seed of every random number. */
  public long seed() {
    return seed;
  }

  /**
   * The settings for a table.
   *
   * @throws InvalidInputException if a value is outside its range
   */
  public TrainingSettings settings(SensorTable table) {
    try {
      InputChoice input = InputChoice.of(table, window.settings());
      FitSettings fit =
          TrainingSettings.fitDefaults(table, input)
              .withSeed(seed)
              .withSteps(new FitSettings.Steps(mode, thetaSteps, phiSteps, draws));
      fit = fit.withNetwork(network(fit.network()));
      if (learningRate.isPresent()) {
        double finalFraction = fit.learningRate().finalFraction();
        fit = fit.withLearningRate(new FitSettings.LearningRate(learningRate.get(), finalFraction));
      }
      if (batchSize.isPresent()) {
        fit = fit.withBatchSize(batchSize.get());
      }
      if (rounds.isPresent()) {
        fit = fit.withRounds(FitSettings.Rounds.exactly(rounds.get()));
      }
      fit = fit.withEarlyStopping(earlyStopping(fit));
      return new TrainingSettings(
          input,
          fit,
          members.orElse(TrainingSettings.membersDefault(table)),
          prior.settings(TrainingSettings.priorDefault(table)),
          mixture.settings(TrainingSettings.mixtureDefault(table, input)),
          alarms.settings(table, TrainingSettings.alarmsDefault(input)),
          threshold.settings(table),
          heldOut,
          scoreDraws);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(String.valueOf(e.getMessage()), e);
    }
  }

  private Optional<EarlyStopping> earlyStopping(FitSettings defaults) {
    boolean stops = earlyStopping.orElse(defaults.earlyStopping().isPresent());
    if (refit.orElse(false) && !stops) {
      throw new InvalidInputException("--refit goes with --early-stopping; found --refit alone");
    }
    EarlyStopping rule = defaults.earlyStopping().orElse(EarlyStopping.DEFAULT);
    return stops ? Optional.of(rule.withRefit(refit.orElse(rule.refit()))) : Optional.empty();
  }

  private Architecture network(Architecture network) {
    return new Architecture(
        network.features(),
        latents.orElse(network.latents()),
        hidden.isEmpty() ? network.encoderHidden() : hidden,
        hidden.isEmpty() ? network.decoderHidden() : reversed(hidden),
        activation.orElse(network.activation()),
        network.sigmaMin(),
        network.sigmaMax(),
        linearSkips);
  }

  private static List<Integer> reversed(List<Integer> widths) {
    ArrayList<Integer> reversed = new ArrayList<>(widths);
    Collections.reverse(reversed);
    return List.copyOf(reversed);
  }
}
