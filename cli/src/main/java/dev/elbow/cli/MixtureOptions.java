package dev.elbow.cli;

import dev.elbow.input.InvalidInputException;
import dev.elbow.trainer.mixture.MixtureSettings;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What has a say in the score beside the autoencoders. */
final class MixtureOptions {

  @Option(
      names = "--mixture",
      paramLabel = "WEIGHT",
      description =
          "Say of an exemplar mixture in the score of single rows, the autoencoders having the rest:"
              + " 0 (none) up to, but not, 1. Default: 0.5; 0 for data with timestamps and more than"
              + " 256 sensors.")
  private Optional<Double> weight = Optional.empty();

  @Option(
      names = "--mixture-exemplars",
      paramLabel = "N",
      description = "How many exemplars the mixture has at most. Default: 250.")
  private Optional<Integer> exemplars = Optional.empty();

  /**
   * The mixture asked for.
   *
   * @param defaults where none is
   * @throws InvalidInputException if exemplars are given for no mixture
   * @throws IllegalArgumentException if a number is outside its range
   */
  MixtureSettings settings(MixtureSettings defaults) {
    MixtureSettings settings =
        new MixtureSettings(
            weight.orElse(defaults.weight()), exemplars.orElse(defaults.exemplars()));
    if (exemplars.isPresent() && !settings.isPresent()) {
      throw new InvalidInputException("--mixture-exemplars goes with --mixture; found no mixture");
    }
    return settings;
  }
}
