package dev.elbow.modeltopic;

import dev.elbow.event.Activation;
import dev.elbow.event.EntityGroup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which bundle scores an observation, by its entity and its time. It never changes.
 *
 * <p>Two rules:
 *
 * <ol>
 *   <li>In a group of entities the last activation in the log counts, of those whose time has come.
 *       So an activation says: from this time on this bundle, whatever was said before. One that
 *       comes later in the log with an earlier time takes back what was to follow.
 *   <li>Of the groups that an entity belongs to, the most specific one counts that has a bundle at
 *       that time: its name before any prefix, a longer prefix before a shorter one, all entities
 *       last.
 * </ol>
 */
public final class Timeline {

  /** Nothing is activated. */
  public static final Timeline EMPTY = of(List.of());

  private final Map<String, Stages> names = new HashMap<>();

  /** Longest first. */
  private final List<Prefix> prefixes = new ArrayList<>();

  private record Prefix(String text, Stages stages) {}

  /** What one group has from when on, each until the next; an empty one for none of its own. */
  private record Stages(NavigableMap<Instant, Optional<String>> byTime) {

    static Stages none() {
      return new Stages(new TreeMap<>());
    }

    /** What comes later in the log counts from its time on. */
    void add(Activation activation) {
      byTime.tailMap(activation.effectiveFrom(), true).clear();
      byTime.put(activation.effectiveFrom(), activation.bundle());
    }

    @Nullable String at(Instant time) {
      Map.Entry<Instant, Optional<String>> stage = byTime.floorEntry(time);
      return stage == null ? null : stage.getValue().orElse(null);
    }

    /** All that it has at that time or later. */
    void addFrom(Instant time, Set<String> bundles) {
      Instant first = Objects.requireNonNullElse(byTime.floorKey(time), time);
      byTime.tailMap(first, true).values().forEach(bundle -> bundle.ifPresent(bundles::add));
    }
  }

  private Timeline(Map<EntityGroup, Stages> groups) {
    groups.forEach(
        (group, stages) -> {
          if (group.isName()) {
            names.put(group.prefix(), stages);
          } else {
            prefixes.add(new Prefix(group.prefix(), stages));
          }
        });
    prefixes.sort(Comparator.comparingInt((Prefix prefix) -> prefix.text().length()).reversed());
  }

  /**
   * What activations come to.
   *
   * @param inLogOrder those that count, the first in the log first
   */
  public static Timeline of(List<Activation> inLogOrder) {
    Map<EntityGroup, Stages> groups = new LinkedHashMap<>();
    for (Activation activation : inLogOrder) {
      groups.computeIfAbsent(activation.entities(), group -> Stages.none()).add(activation);
    }
    return new Timeline(groups);
  }

  /**
   * The bundle for an observation; empty if none is activated for it.
   *
   * @param entity whose it is
   * @param time when it was observed
   */
  public Optional<String> bundle(String entity, Instant time) {
    Stages own = names.get(entity);
    String bundle = own == null ? null : own.at(time);
    for (int i = 0; bundle == null && i < prefixes.size(); i++) {
      if (entity.startsWith(prefixes.get(i).text())) {
        bundle = prefixes.get(i).stages().at(time);
      }
    }
    return Optional.ofNullable(bundle);
  }

  /** The bundle that a group itself has at that time; empty if it has none of its own. */
  public Optional<String> bundleOf(EntityGroup group, Instant time) {
    return stages(group).map(stages -> stages.at(time));
  }

  /** Since when a group has what it has at that time; empty if nothing has been said of it. */
  public Optional<Instant> since(EntityGroup group, Instant time) {
    return stages(group).map(stages -> stages.byTime().floorKey(time));
  }

  /** Whether an activation counts at any time, and no later one in the log has taken it back. */
  public boolean holds(Activation activation) {
    return stages(activation.entities())
        .map(stages -> stages.byTime().get(activation.effectiveFrom()))
        .filter(activation.bundle()::equals)
        .isPresent();
  }

  private Optional<Stages> stages(EntityGroup group) {
    return group.isName()
        ? Optional.ofNullable(names.get(group.prefix()))
        : prefixes.stream()
            .filter(prefix -> prefix.text().equals(group.prefix()))
            .map(Prefix::stages)
            .findFirst();
  }

  /** The bundles that any group has at that time or will have later. */
  public Set<String> bundlesFrom(Instant time) {
    Set<String> bundles = new TreeSet<>();
    names.values().forEach(stages -> stages.addFrom(time, bundles));
    prefixes.forEach(prefix -> prefix.stages().addFrom(time, bundles));
    return bundles;
  }
}
