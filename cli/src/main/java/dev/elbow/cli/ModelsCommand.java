package dev.elbow.cli;

import dev.elbow.event.Activation;
import dev.elbow.modeltopic.Catalog;
import dev.elbow.modeltopic.Timeline;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code models}: lists what stands on the models topic. */
@Command(
    name = "models",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Lists the bundles and activations of the models topic.")
public final class ModelsCommand implements ElbowCommand {

  @Mixin private ModelsTopicOptions options = new ModelsTopicOptions();

  @Override
  public Integer call() throws InterruptedException {
    ModelsTopic topic = options.topic();
    topic.check();
    Catalog catalog = topic.read();
    Instant now = Instant.now();
    System.out.printf("bundles on %s: %d%n", topic.name(), catalog.bundles().size());
    catalog.bundles().forEach(ModelsCommand::print);
    System.out.printf("activations, the newest last: %d%n", catalog.activations().size());
    catalog.activations().forEach(placed -> print(placed, catalog, now));
    return 0;
  }

  private static void print(Catalog.Listed bundle) {
    System.out.printf(
        "  %s  %,12d bytes  %s  %s%n",
        bundle.file().bundle(),
        bundle.file().bytes(),
        bundle.published().truncatedTo(ChronoUnit.SECONDS),
        bundle.isComplete()
            ? "complete"
            : "%d of %d chunks".formatted(bundle.chunksThere(), bundle.file().chunks()));
  }

  private static void print(Catalog.Placed placed, Catalog catalog, Instant now) {
    Activation activation = placed.activation();
    System.out.printf(
        "  @%-6d %s  %-12s  %-24s  %-12s  %s%n",
        placed.offset(),
        placed.published().truncatedTo(ChronoUnit.SECONDS),
        activation.bundle().map(ModelsText::shortId).orElse("none"),
        ModelsText.time(activation.effectiveFrom()),
        activation.entities(),
        state(activation, catalog, now));
  }

  private static String state(Activation activation, Catalog catalog, Instant now) {
    if (!catalog.followable().contains(activation)) {
      return "bundle not there";
    }
    Timeline timeline = Timeline.of(catalog.followable());
    if (!timeline.holds(activation)) {
      return "taken back";
    }
    if (activation.effectiveFrom().isAfter(now)) {
      return "to come";
    }
    Optional<Instant> since = timeline.since(activation.entities(), now);
    return since.equals(Optional.of(activation.effectiveFrom())) ? "in effect" : "past";
  }
}
