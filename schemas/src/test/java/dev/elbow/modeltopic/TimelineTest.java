package dev.elbow.modeltopic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbow.event.Activation;
import dev.elbow.event.EntityGroup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimelineTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final String A = "a".repeat(64);
  private static final String B = "b".repeat(64);
  private static final String C = "c".repeat(64);

  @Test
  void activatesNothingBeforeTheFirstTime() {
    Timeline timeline = Timeline.of(List.of(all(A, NOON)));

    assertThat(timeline.bundle("pump-7", NOON.minusNanos(1))).isEmpty();
    assertThat(timeline.bundle("pump-7", NOON)).contains(A);
    assertThat(timeline.bundle("pump-7", NOON.plusSeconds(1_000_000))).contains(A);
    assertThat(Timeline.EMPTY.bundle("pump-7", NOON)).isEmpty();
  }

  @Test
  void keepsEachBundleForItsOwnStretchOfTime() {
    Timeline timeline =
        Timeline.of(List.of(all(A, Activation.ALWAYS), all(B, NOON), all(C, NOON.plusSeconds(9))));

    assertThat(timeline.bundle("pump-7", Instant.EPOCH)).contains(A);
    assertThat(timeline.bundle("pump-7", NOON.plusSeconds(8))).contains(B);
    assertThat(timeline.bundle("pump-7", NOON.plusSeconds(9))).contains(C);
  }

  @Test
  void letsTheLaterInTheLogTakeBackWhatWasToFollow() {
    Timeline timeline =
        Timeline.of(
            List.of(
                all(A, Activation.ALWAYS),
                all(B, NOON.plusSeconds(60)),
                all(C, NOON),
                all(A, NOON)));

    assertThat(timeline.bundle("pump-7", NOON.plusSeconds(30))).contains(A);
    assertThat(timeline.bundle("pump-7", NOON.plusSeconds(90))).contains(A);
    assertThat(timeline.bundlesFrom(NOON)).containsExactly(A);
  }

  @Test
  void prefersTheNameToPrefixesAndLongPrefixesToShortOnesWhateverTheOrder() {
    Timeline timeline =
        Timeline.of(
            List.of(
                of("pump-7", C, NOON),
                of("pump-7*", B, NOON),
                of("pump-*", A, NOON),
                all(B, NOON.plusSeconds(1))));

    assertThat(timeline.bundle("pump-7", NOON.plusSeconds(2))).contains(C);
    assertThat(timeline.bundle("pump-70", NOON.plusSeconds(2))).contains(B);
    assertThat(timeline.bundle("pump-8", NOON.plusSeconds(2))).contains(A);
    assertThat(timeline.bundle("fan-1", NOON.plusSeconds(2))).contains(B);
    assertThat(timeline.bundle("fan-1", NOON)).isEmpty();
  }

  @Test
  void fallsBackToTheWiderGroupUntilAndAfterItsOwn() {
    Timeline timeline =
        Timeline.of(
            List.of(
                all(A, Activation.ALWAYS),
                of("pump-7", B, NOON),
                new Activation(Optional.empty(), NOON.plusSeconds(60), new EntityGroup("pump-7"))));

    assertThat(timeline.bundle("pump-7", NOON.minusSeconds(1))).contains(A);
    assertThat(timeline.bundle("pump-7", NOON.plusSeconds(59))).contains(B);
    assertThat(timeline.bundle("pump-7", NOON.plusSeconds(60))).contains(A);
  }

  @Test
  void tellsWhichActivationsCountAndSinceWhen() {
    Activation never = all(B, NOON.plusSeconds(60));
    Activation now = all(A, NOON);
    Timeline timeline = Timeline.of(List.of(never, now));

    assertThat(timeline.holds(now)).isTrue();
    assertThat(timeline.holds(never)).isFalse();
    assertThat(timeline.since(EntityGroup.ALL, NOON.plusSeconds(90))).contains(NOON);
    assertThat(timeline.since(EntityGroup.ALL, NOON.minusSeconds(1))).isEmpty();
    assertThat(timeline.bundleOf(new EntityGroup("pump-7"), NOON)).isEmpty();
  }

  @Test
  void takesTheStarForItselfAnywhereButAtTheEnd() {
    Timeline timeline = Timeline.of(List.of(of("p*mp", A, NOON), of("**", B, NOON)));

    assertThat(timeline.bundle("p*mp", NOON)).contains(A);
    assertThat(timeline.bundle("pump", NOON)).isEmpty();
    assertThat(timeline.bundle("*7", NOON)).contains(B);
  }

  @Test
  void namesTheBundlesThatAreOrWillBeInEffectAndNoFormerOnes() {
    Timeline timeline =
        Timeline.of(
            List.of(
                all(A, Activation.ALWAYS),
                all(B, NOON),
                all(C, NOON.plusSeconds(60)),
                of("pump-7", A, NOON.plusSeconds(3600))));

    assertThat(timeline.bundlesFrom(NOON.minusSeconds(1))).containsExactly(A, B, C);
    assertThat(timeline.bundlesFrom(NOON.plusSeconds(5))).containsExactly(A, B, C);
    assertThat(timeline.bundlesFrom(NOON.plusSeconds(4000))).containsExactly(A, C);
    assertThat(timeline.bundleOf(EntityGroup.ALL, NOON.plusSeconds(5))).contains(B);
  }

  /** Against the rules read literally, activation by activation. */
  @Test
  void agreesWithTheRulesForAnyLog() {
    Random random = new Random(7);
    List<String> groups = List.of("*", "p*", "pu*", "pump-1", "pump-2", "x*");
    List<String> entities = List.of("pump-1", "pump-2", "pump-10", "p", "x", "y");
    for (int run = 0; run < 300; run++) {
      List<Activation> log = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        Optional<String> bundle =
            random.nextInt(4) == 0
                ? Optional.empty()
                : Optional.of(Integer.toHexString(random.nextInt(16)).repeat(64));
        log.add(
            new Activation(
                bundle,
                NOON.plusSeconds(random.nextInt(6)),
                new EntityGroup(groups.get(random.nextInt(groups.size())))));
      }
      Timeline timeline = Timeline.of(log);

      for (String entity : entities) {
        for (int second = -1; second < 7; second++) {
          Instant time = NOON.plusSeconds(second);
          assertThat(timeline.bundle(entity, time)).isEqualTo(byTheRules(log, entity, time));
        }
      }
    }
  }

  private static Optional<String> byTheRules(List<Activation> log, String entity, Instant time) {
    return log.stream()
        .map(Activation::entities)
        .filter(group -> group.contains(entity))
        .sorted(
            (one, other) ->
                one.isName() != other.isName()
                    ? Boolean.compare(other.isName(), one.isName())
                    : other.prefix().length() - one.prefix().length())
        .flatMap(group -> lastOf(log, group, time).stream())
        .findFirst();
  }

  private static Optional<String> lastOf(List<Activation> log, EntityGroup group, Instant time) {
    return log.stream()
        .filter(activation -> activation.entities().equals(group))
        .filter(activation -> !activation.effectiveFrom().isAfter(time))
        .reduce((before, after) -> after)
        .flatMap(Activation::bundle);
  }

  private static Activation all(String bundle, Instant from) {
    return of("*", bundle, from);
  }

  private static Activation of(String entities, String bundle, Instant from) {
    return new Activation(Optional.of(bundle), from, new EntityGroup(entities));
  }
}
