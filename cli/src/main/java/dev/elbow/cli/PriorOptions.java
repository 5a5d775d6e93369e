package dev.elbow.cli;

import dev.elbow.input.InvalidInputException;
import dev.elbow.trainer.prior.PriorSettings;
import dev.elbow.trainer.prior.PriorSettings.Bandwidth;
import dev.elbow.trainer.prior.PriorSettings.ByHeldOutScore;
import dev.elbow.trainer.prior.PriorSettings.Exemplars;
import dev.elbow.trainer.prior.PriorSettings.Factor;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which prior the score has. */
final class PriorOptions {

  private static final String STANDARD_NORMAL = "standard-normal";
  private static final String EXEMPLAR = "exemplar";
  private static final String HELD_OUT = "held-out";

  @Option(
      names = "--prior",
      paramLabel = "PRIOR",
      description =
          "Prior in the score: standard-normal, or exemplar (around the latents of rows of the fit)."
              + " Default: exemplar; for data with timestamps standard-normal.")
  private Optional<String> prior = Optional.empty();

  @Option(
      names = "--exemplars",
      paramLabel = "N",
      description = "How many exemplars at most. Default: 250.")
  private Optional<Integer> exemplars = Optional.empty();

  @Option(
      names = "--exemplar-bandwidth",
      paramLabel = "FACTOR",
      description =
          "Width of an exemplar, in usual posterior widths, or held-out to take what gives the"
              + " held-out rows the lowest score. Default: 0.7.")
  private Optional<String> bandwidth = Optional.empty();

  /**
   * The prior asked for.
   *
   * @param defaults where none is
   * @throws InvalidInputException if a value is not one, or an option goes with another prior
   * @throws IllegalArgumentException if a number is outside its range
   */
  PriorSettings settings(PriorSettings defaults) {
    String chosen = prior.orElse(defaults instanceof Exemplars ? EXEMPLAR : STANDARD_NORMAL);
    return switch (chosen) {
      case STANDARD_NORMAL -> {
        if (exemplars.isPresent() || bandwidth.isPresent()) {
          throw new InvalidInputException(
              "--exemplars and --exemplar-bandwidth go with --prior exemplar; found --prior "
                  + chosen);
        }
        yield new PriorSettings.Standard();
      }
      case EXEMPLAR -> new Exemplars(exemplars.orElse(Exemplars.COUNT), bandwidth());
      default ->
          throw new InvalidInputException(
              "--prior: expected %s or %s, found %s".formatted(STANDARD_NORMAL, EXEMPLAR, chosen));
    };
  }

  private Bandwidth bandwidth() {
    if (bandwidth.isEmpty()) {
      return Factor.DEFAULT;
    }
    if (bandwidth.get().equals(HELD_OUT)) {
      return ByHeldOutScore.DEFAULT;
    }
    try {
      return new Factor(Double.parseDouble(bandwidth.get()));
    } catch (NumberFormatException e) {
      throw new InvalidInputException(
          "--exemplar-bandwidth: expected a positive number or %s, found %s"
              .formatted(HELD_OUT, bandwidth.get()),
          e);
    }
  }
}
