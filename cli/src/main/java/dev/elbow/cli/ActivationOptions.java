package dev.elbow.cli;

import dev.elbow.event.Activation;
import dev.elbow.event.EntityGroup;
import dev.elbow.event.Timestamps;
import dev.elbow.input.InvalidInputException;
import dev.elbow.modeltopic.Catalog;
import dev.elbow.modeltopic.ModelRecords;
import dev.elbow.modeltopic.RawRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** From when on a bundle scores, and whose observations. */
final class ActivationOptions {

  /** Reading and gating a bundle takes a detector a second or two, and clocks differ. */
  static final Duration LEAD = Duration.ofSeconds(30);

  @Option(
      names = "--entities",
      paramLabel = "GROUP",
      description = {
        "Whose observations: * for all machines, PREFIX* for those whose names begin so, else the"
            + " machine of that name. Can be given several times. The most specific group counts."
            + " Default: *."
      })
  private List<String> entities = List.of("*");

  @Option(
      names = "--effective-from",
      paramLabel = "TIME",
      description = {
        "The first time of observations that it scores, such as 2026-11-01T00:00:00Z.",
        "Default: 30 s from now, so that detectors have it loaded; all times, if nothing has been"
            + " activated for these machines yet."
      })
  private Optional<String> effectiveFrom = Optional.empty();

  @Option(
      names = "--force",
      description = {
        "Take a time in the past, too. Observations from then on that have been scored keep their"
            + " outcomes, while a replay gives them those of this bundle."
      })
  private boolean force;

  /** The groups that are meant, at least one. */
  List<EntityGroup> groups() {
    try {
      return entities.stream().map(EntityGroup::new).distinct().toList();
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException("--entities: " + e.getMessage(), e);
    }
  }

  /** Makes sure of the time before anything is sent. */
  void check(Instant now) {
    time().ifPresent(time -> checkNotPast(time, now));
  }

  /** From when on it is in effect for a group. */
  Instant from(EntityGroup group, Catalog catalog, Instant now) {
    return time()
        .orElseGet(
            () ->
                catalog.activations().stream()
                        .anyMatch(placed -> covers(placed.activation().entities(), group))
                    ? now.plus(LEAD).truncatedTo(ChronoUnit.SECONDS)
                    : Activation.ALWAYS);
  }

  /** Activates a bundle, or none, and says so. */
  void activate(
      ModelsTopic topic, Catalog catalog, Optional<String> bundle, Instant now, int largest)
      throws InterruptedException {
    List<Activation> activations =
        groups().stream()
            .map(group -> new Activation(bundle, from(group, catalog, now), group))
            .toList();
    List<RawRecord> records = activations.stream().map(ModelRecords::of).toList();
    topic.append(records, largest);
    for (Activation activation : activations) {
      System.out.println(ModelsText.sentence(activation));
      ModelsText.consequences(activation, catalog).forEach(System.out::println);
    }
  }

  private Optional<Instant> time() {
    return effectiveFrom.map(
        text ->
            Timestamps.parse(text)
                .orElseThrow(
                    () ->
                        new InvalidInputException(
                            "--effective-from: expected a time such as 2026-11-01T00:00:00Z, found "
                                + text)));
  }

  private void checkNotPast(Instant time, Instant now) {
    if (time.isBefore(now) && !force) {
      throw new InvalidInputException(
          "--effective-from: expected a time after %s, which is now, found %s; with --force"
                  .formatted(now.truncatedTo(ChronoUnit.SECONDS), time)
              + " observations that have been scored keep their outcomes, and a replay gives them"
              + " others");
    }
  }

  /** Whether all entities of a group belong to the wider one, or it is the same. */
  private static boolean covers(EntityGroup wider, EntityGroup group) {
    return wider.equals(group) || (!wider.isName() && group.prefix().startsWith(wider.prefix()));
  }
}
