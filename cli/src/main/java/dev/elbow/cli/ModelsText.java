package dev.elbow.cli;

import dev.elbow.event.Activation;
import dev.elbow.event.EntityGroup;
import dev.elbow.modeltopic.Catalog;
import dev.elbow.modeltopic.Timeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What stands on the models topic, for a person. */
final class ModelsText {

  /** As many as tell bundles apart. */
  private static final int DIGITS = 12;

  private ModelsText() {}

  static String shortId(String bundle) {
    return bundle.substring(0, DIGITS);
  }

  static String time(Instant effectiveFrom) {
    return effectiveFrom.equals(Activation.ALWAYS) ? "always" : effectiveFrom.toString();
  }

  static String entities(EntityGroup group) {
    return group.equals(EntityGroup.ALL) ? "all machines" : group.pattern();
  }

  private static String bundle(Activation activation) {
    return activation.bundle().map(ModelsText::shortId).orElse("none of its own");
  }

  /** What an activation says. */
  static String sentence(Activation activation) {
    return activation.effectiveFrom().equals(Activation.ALWAYS)
        ? "%s: %s, at all times".formatted(entities(activation.entities()), bundle(activation))
        : "%s: %s, from %s on"
            .formatted(
                entities(activation.entities()), bundle(activation), activation.effectiveFrom());
  }

  /**
   * What may surprise whoever activates: activations that it takes back, and groups that go before
   * it.
   *
   * @param before what the topic said before it
   */
  static List<String> consequences(Activation activation, Catalog before) {
    List<String> lines = new ArrayList<>();
    Timeline timeline = Timeline.of(before.followable());
    for (Activation other : before.followable()) {
      boolean same = other.entities().equals(activation.entities());
      if (same && other.effectiveFrom().isAfter(activation.effectiveFrom())) {
        lines.add("  takes back: " + sentence(other));
      }
    }
    before.followable().stream()
        .map(Activation::entities)
        .distinct()
        .filter(group -> !group.equals(activation.entities()))
        .filter(group -> group.prefix().startsWith(activation.entities().prefix()))
        .filter(group -> !activation.entities().isName())
        .forEach(
            group ->
                timeline
                    .bundleOf(group, activation.effectiveFrom())
                    .ifPresent(
                        bundle ->
                            lines.add(
                                "  not for %s: more specific, has %s of its own"
                                    .formatted(group, shortId(bundle)))));
    return lines;
  }
}
