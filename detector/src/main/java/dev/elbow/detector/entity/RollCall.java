package dev.elbow.detector.entity;

import dev.elbow.detector.metrics.EntityMetrics;
import dev.elbow.event.Coordinates;
import dev.elbow.event.Silence;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Which entities of a task are heard of, and which no longer are: no record tells that none comes.
 *
 * <p>An entity falls silent when it has not been heard of for a multiple of its usual step, by the
 * {@link PlantClock}. That is told once, and once more when it is heard of again. What is known
 * lies in a store, so a silence outlasts the detector; every entity is held in memory, too, with
 * some 300 bytes. One that has not been heard of for very long is forgotten.
 */
final class RollCall implements AutoCloseable {

  private final EntityStores stores;
  private final Partition partition;
  private final SilenceRule rule;
  private final EntityMetrics metrics;
  private final InstantSource wallClock;
  private final Consumer<Silence> told;
  private final Consumer<String> forgotten;
  private final PlantClock clock;
  private final Map<String, Member> members = new HashMap<>();

  /** At least one for each member, the earliest in front. */
  private final PriorityQueue<Due> dues = new PriorityQueue<>(Comparator.comparing(Due::at));

  /** Those heard of since the stores were told. */
  private final Set<String> unsaved = new HashSet<>();

  private boolean heardSinceTick;

  /** An entity, and when there may be something to say of it. */
  private static final class Member {

    private Hearing hearing;
    private Instant due = Instant.MAX;

    Member(Hearing hearing) {
      this.hearing = hearing;
    }
  }

  /** Stale if the member is due at another time by now. */
  private record Due(Instant at, String entity) {}

  /**
   * @param told of each silence that begins or ends
   * @param forgotten told of each entity that is to be forgotten
   */
  RollCall(
      EntityStores stores,
      Partition partition,
      SilenceRule rule,
      EntityMetrics metrics,
      InstantSource wallClock,
      Consumer<Silence> told,
      Consumer<String> forgotten) {
    this.stores = stores;
    this.partition = partition;
    this.rule = rule;
    this.metrics = metrics;
    this.wallClock = wallClock;
    this.told = told;
    this.forgotten = forgotten;
    stores.forEachHearing((entity, hearing) -> members.put(entity, new Member(hearing)));
    this.clock =
        new PlantClock(
            members.values().stream()
                .map(member -> member.hearing.at())
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH));
    members.forEach(this::schedule);
    metrics.known(members.size());
    metrics.silent(countSilent());
  }

  /**
   * An observation of an entity has come.
   *
   * @param usualStep of entities like it, where it is not yet known of itself
   * @return what is known of it now
   */
  Hearing heard(String entity, Instant observed, Coordinates source, Optional<Duration> usualStep) {
    heardSinceTick = true;
    clock.observation(observed, wallClock.instant());
    call();
    Member member = members.get(entity);
    if (member == null) {
      return enter(entity, Hearing.first(clock.now(), observed, source.offset(), usualStep));
    }
    if (source.offset() > member.hearing.offset()) {
      hear(entity, member, observed, source);
    }
    return member.hearing;
  }

  private Hearing enter(String entity, Hearing hearing) {
    Member member = new Member(hearing);
    members.put(entity, member);
    unsaved.add(entity);
    schedule(entity, member);
    metrics.known(1);
    return hearing;
  }

  private void hear(String entity, Member member, Instant observed, Coordinates source) {
    Hearing before = member.hearing;
    member.hearing = before.next(clock.now(), observed, source.offset());
    unsaved.add(entity);
    if (before.silent()) {
      schedule(entity, member);
      metrics.silent(-1);
      told.accept(silence(Silence.Status.HEARD_AGAIN, entity, before, observed, source));
    } else if (before.usualStep().isEmpty()) {
      schedule(entity, member); // perhaps it is known now
    }
  }

  /** Keeps when those heard of lately were. */
  void save() {
    for (String entity : unsaved) {
      Member member = members.get(entity);
      if (member != null) {
        stores.put(entity, member.hearing);
      }
    }
    unsaved.clear();
  }

  /**
   * So much time has gone by since the last tick, and the brokers would have given us what there
   * was to hear.
   */
  void tick(Duration time) {
    if (!heardSinceTick) {
      clock.quiet(time);
      call();
    }
    heardSinceTick = false;
  }

  private void call() {
    Instant now = clock.now();
    while (!dues.isEmpty() && !dues.element().at().isAfter(now)) {
      Due due = dues.remove();
      Member member = members.get(due.entity());
      if (member != null && member.due.equals(due.at())) {
        call(due.entity(), member, now);
      }
    }
  }

  private void call(String entity, Member member, Instant now) {
    Hearing hearing = member.hearing;
    if (!now.isBefore(forgetAt(hearing))) {
      forget(entity, member);
      return;
    }
    Optional<Instant> silentAt = silentAt(hearing);
    if (silentAt.isPresent() && !now.isBefore(silentAt.get())) {
      member.hearing = hearing.fallenSilent();
      stores.put(entity, member.hearing);
      metrics.silent(1);
      Coordinates last = partition.record(hearing.offset());
      told.accept(silence(Silence.Status.SILENT, entity, hearing, silentAt.get(), last));
    }
    schedule(entity, member);
  }

  private void forget(String entity, Member member) {
    members.remove(entity);
    stores.forget(entity);
    forgotten.accept(entity);
    metrics.known(-1);
    metrics.silent(member.hearing.silent() ? -1 : 0);
  }

  private void schedule(String entity, Member member) {
    Instant forgetAt = forgetAt(member.hearing);
    member.due = silentAt(member.hearing).filter(at -> at.isBefore(forgetAt)).orElse(forgetAt);
    dues.add(new Due(member.due, entity));
  }

  /** When it falls silent; empty if it is silent already, or never will be. */
  private Optional<Instant> silentAt(Hearing hearing) {
    return hearing.silent()
        ? Optional.empty()
        : hearing.usualStep().flatMap(rule::patience).map(hearing.at()::plus);
  }

  private Instant forgetAt(Hearing hearing) {
    return hearing.at().plus(rule.forget());
  }

  /**
   * @param before when the entity was heard of before the silence
   */
  private Silence silence(
      Silence.Status status, String entity, Hearing before, Instant at, Coordinates source) {
    return new Silence(
        Silence.idOf(partition.record(before.offset())),
        entity,
        status,
        at,
        before.newest(),
        before.usualStep().orElse(Duration.ZERO),
        source);
  }

  private int countSilent() {
    return (int) members.values().stream().filter(member -> member.hearing.silent()).count();
  }

  /** The task ends; another may go on with its entities. */
  @Override
  public void close() {
    metrics.known(-members.size());
    metrics.silent(-countSilent());
  }
}
