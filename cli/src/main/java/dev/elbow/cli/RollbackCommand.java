package dev.elbow.cli;

import dev.elbow.event.Activation;
import dev.elbow.event.EntityGroup;
import dev.elbow.input.InvalidInputException;
import dev.elbow.modeltopic.Catalog;
import dev.elbow.modeltopic.Timeline;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code rollback}: activates an earlier bundle of the models topic. */
@Command(
    name = "rollback",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Activates an earlier bundle of the models topic, as publish activates a new one.",
      "What has been activated for later times is taken back with it."
    })
public final class RollbackCommand implements ElbowCommand {

  private static final String NONE = "none";

  @Option(
      names = "--to",
      paramLabel = "ID",
      description = {
        "The bundle: its id, or as many digits of it as tell it apart; or none, for a group to have"
            + " what the wider group has. Default: the one before that which would be in effect."
      })
  private Optional<String> to = Optional.empty();

  @Mixin private ModelsTopicOptions options = new ModelsTopicOptions();
  @Mixin private ActivationOptions activation = new ActivationOptions();

  @Override
  public Integer call() throws InterruptedException {
    Instant now = Instant.now();
    activation.groups();
    activation.check(now);
    ModelsTopic topic = options.topic();
    int largest = topic.check();
    Catalog catalog = topic.read();
    activation.activate(topic, catalog, target(catalog, now), now, largest);
    return 0;
  }

  private Optional<String> target(Catalog catalog, Instant now) {
    if (to.isEmpty()) {
      return Optional.of(previous(catalog, now));
    }
    return to.get().equals(NONE) ? Optional.empty() : Optional.of(named(catalog, to.get()));
  }

  private static String named(Catalog catalog, String digits) {
    List<String> found =
        catalog.bundles().stream()
            .filter(Catalog.Listed::isComplete)
            .map(listed -> listed.file().bundle())
            .filter(id -> id.startsWith(digits))
            .toList();
    if (digits.isEmpty() || found.size() != 1) {
      throw new InvalidInputException(
          "--to: expected the beginning of one bundle's id, found %s, which is that of %d; elbow"
                  .formatted(digits, found.size())
              + " models lists them");
    }
    return found.get(0);
  }

  /** The same for all groups that are meant, or it is to be said which. */
  private String previous(Catalog catalog, Instant now) {
    Set<String> bundles =
        activation.groups().stream()
            .map(group -> previous(catalog, group, activation.from(group, catalog, now)))
            .collect(Collectors.toSet());
    if (bundles.size() > 1) {
      throw new InvalidInputException(
          "--to: is missing; the groups had different bundles before: " + bundles);
    }
    return bundles.iterator().next();
  }

  /** What is to come by then is rolled back like what is in effect. */
  private static String previous(Catalog catalog, EntityGroup group, Instant time) {
    List<Activation> ofGroup =
        catalog.followable().stream()
            .filter(activation -> activation.entities().equals(group))
            .filter(activation -> !activation.effectiveFrom().isAfter(time))
            .toList();
    Optional<String> current = Timeline.of(ofGroup).bundleOf(group, time);
    return ofGroup.stream()
        .flatMap(activation -> activation.bundle().stream())
        .filter(bundle -> !current.equals(Optional.of(bundle)))
        .reduce((before, after) -> after)
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "--to: is missing; %s had no other bundle before; elbow models lists them all"
                        .formatted(ModelsText.entities(group))));
  }
}
