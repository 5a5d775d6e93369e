package dev.elbow.demo.plant;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Draws when and where which fault happens. Every kind happens equally often: the first time
 * plainly, the second hardly visible, and so on in turns. No machine has two faults at once.
 */
final class FaultSchedule {

  private static final Duration SHORTEST = Duration.ofHours(4);
  private static final Duration LONGEST = Duration.ofHours(8);

  /** The least time between two faults of a machine. */
  private static final Duration RECOVERY = Duration.ofHours(1);

  private final Random random;

  FaultSchedule(Random random) {
    this.random = random;
  }

  /**
   * @param machines at least one
   * @param start of the time in which faults happen
   * @param length of that time; each machine needs 12 hours for each of its faults
   * @param timesEach how often each kind happens
   * @throws IllegalArgumentException if the time is too short for so many faults
   */
  List<Fault> draw(List<String> machines, Instant start, Duration length, int timesEach) {
    List<Card> deck = new ArrayList<>();
    for (int time = 0; time < timesEach; time++) {
      for (FaultKind kind : FaultKind.values()) {
        deck.add(new Card(kind, time % 2 == 0));
      }
    }
    Collections.shuffle(deck, random);
    int turns = (deck.size() + machines.size() - 1) / machines.size();
    Duration slot = turns == 0 ? length : length.dividedBy(turns);
    Duration longestInAll = LONGEST.plus(FaultKind.BEARING_WEAR.settling()).plus(RECOVERY);
    if (slot.compareTo(longestInAll.plusHours(1)) < 0) {
      throw new IllegalArgumentException(
          "%d faults on %d machines need more time than %s"
              .formatted(deck.size(), machines.size(), length));
    }
    List<Fault> faults = new ArrayList<>();
    for (int i = 0; i < deck.size(); i++) {
      FaultKind kind = deck.get(i).kind();
      Duration duration = between(SHORTEST, LONGEST);
      Duration latest = slot.minus(duration).minus(kind.settling()).minus(RECOVERY);
      Instant from =
          start.plus(slot.multipliedBy(i / machines.size())).plus(between(Duration.ZERO, latest));
      faults.add(
          new Fault(
              kind,
              machines.get(i % machines.size()),
              kind.sensors().isEmpty() ? List.of(anySensor()) : kind.sensors(),
              from,
              from.plus(duration),
              severity(deck.get(i))));
    }
    faults.sort(Comparator.comparing(Fault::from).thenComparing(Fault::machine));
    return List.copyOf(faults);
  }

  private record Card(FaultKind kind, boolean plain) {}

  private double severity(Card card) {
    if (card.kind() == FaultKind.SENSOR_STUCK) {
      return 1; // an instrument is stuck or not
    }
    return card.plain() ? uniform(0.8, 1.2) : uniform(0.25, 0.5);
  }

  private PumpSensor anySensor() {
    List<PumpSensor> sensors = List.of(PumpSensor.values());
    return sensors.get(random.nextInt(sensors.size()));
  }

  /** Whole minutes, as the station is sampled. */
  private Duration between(Duration shortest, Duration longest) {
    int range = (int) longest.minus(shortest).toMinutes();
    return shortest.plusMinutes(random.nextInt(range + 1));
  }

  private double uniform(double from, double to) {
    return from + (to - from) * random.nextDouble();
  }
}
