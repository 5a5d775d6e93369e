package dev.elbow.demo.plant;

import dev.elbow.bundle.Lineage;
import dev.elbow.trainer.data.SensorTable;
import dev.elbow.trainer.data.SensorTableBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A pumping station that does not exist, sampled once a minute: first a stretch of normal
 * operation, then, without a break, a stretch with faults whose truth is known.
 *
 * <p>The same settings give the same rows on every machine. What is simulated and what a model of
 * single rows cannot see in it is told in {@code docs/simulated-plant.md}.
 */
public final class SimulatedPlant {

  /** When every simulation begins: a Monday. */
  public static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

  private static final Duration STEP = Duration.ofMinutes(1);

  /** Pumps change their mode one after another: all at once would shake the pipes. */
  private static final Duration SWITCHING_GAP = Duration.ofMinutes(10);

  private final SensorTable training;
  private final SensorTable test;
  private final List<Fault> faults;

  private SimulatedPlant(SensorTable training, SensorTable test, List<Fault> faults) {
    this.training = training;
    this.test = test;
    this.faults = faults;
  }

  /**
   * How large a station, and for how long.
   *
   * @param pumps how many machines, at least 1
   * @param training length of the normal stretch
   * @param test length of the stretch with faults
   * @param faultsOfEachKind how often each kind of fault happens, at least 0
   * @param seed of every random number
   */
  public record Settings(
      int pumps, Duration training, Duration test, int faultsOfEachKind, long seed) {

    /** Four pumps, five days and five days, each kind of fault once plain and once faint. */
    public static Settings standard(long seed) {
      return new Settings(4, Duration.ofDays(5), Duration.ofDays(5), 2, seed);
    }
  }

  /**
   * Runs the station from beginning to end.
   *
   * @throws IllegalArgumentException if the test stretch is too short for so many faults
   */
  public static SimulatedPlant simulate(Settings settings) {
    Random random = new Random(settings.seed());
    Surroundings surroundings = new Surroundings(new Random(random.nextLong()));
    Map<String, Pump> pumps = new LinkedHashMap<>();
    for (int i = 1; i <= settings.pumps(); i++) {
      Random own = new Random(random.nextLong());
      pumps.put("pump-" + i, new Pump(PumpDesign.NOMINAL.varied(own), own));
    }
    Instant middle = START.plus(settings.training());
    List<Fault> faults =
        new FaultSchedule(random)
            .draw(
                List.copyOf(pumps.keySet()), middle, settings.test(), settings.faultsOfEachKind());
    Run run = new Run(pumps, surroundings, faults);
    run.minutes(START.minus(Duration.ofHours(6)), START); // until the machines are warm
    Lineage.Source source =
        new Lineage.Generated("simulated pumping station, seed " + settings.seed());
    return new SimulatedPlant(
        run.minutes(START, middle).build(source),
        run.minutes(middle, middle.plus(settings.test())).build(source),
        faults);
  }

  /** The normal stretch: all rows labelled normal. */
  public SensorTable training() {
    return training;
  }

  /** The stretch with faults, labelled. */
  public SensorTable test() {
    return test;
  }

  /** The faults of the test stretch, in order of time. */
  public List<Fault> faults() {
    return faults;
  }

  /** The station while it runs. */
  private record Run(Map<String, Pump> pumps, Surroundings surroundings, List<Fault> faults) {

    SensorTableBuilder minutes(Instant from, Instant to) {
      SensorTableBuilder table = SensorTable.of(PumpSensor.columns());
      Map<Fault, Double> frozen = new HashMap<>();
      for (Instant time = from; time.isBefore(to); time = time.plus(STEP)) {
        Surroundings.Minute around = surroundings.next(time);
        Instant switching = time;
        for (Map.Entry<String, Pump> pump : pumps.entrySet()) {
          List<Fault> present = present(pump.getKey(), time);
          Map<PumpSensor, Double> readings =
              pump.getValue().next(OperatingMode.at(switching), around, damage(present, time));
          for (Fault fault : present) {
            misread(readings, fault, time, frozen);
          }
          switching = switching.minus(SWITCHING_GAP);
          table.add(shown(readings)).at(time).of(pump.getKey()).labelled(!present.isEmpty());
        }
      }
      return table;
    }

    private List<Fault> present(String machine, Instant time) {
      List<Fault> present = new ArrayList<>();
      for (Fault fault : faults) {
        if (fault.machine().equals(machine) && fault.labels(time)) {
          present.add(fault);
        }
      }
      return present;
    }

    private static Pump.Damage damage(List<Fault> faults, Instant time) {
      return new Pump.Damage(
          strength(FaultKind.BEARING_WEAR, faults, time),
          strength(FaultKind.CAVITATION, faults, time),
          strength(FaultKind.BLOCKED_STRAINER, faults, time),
          strength(FaultKind.LEAK, faults, time));
    }

    private static double strength(FaultKind kind, List<Fault> faults, Instant time) {
      return faults.stream()
          .filter(fault -> fault.kind() == kind)
          .mapToDouble(fault -> fault.strengthAt(time))
          .sum();
    }

    /** Lets an instrument be wrong about a machine that is well. */
    private static void misread(
        Map<PumpSensor, Double> readings, Fault fault, Instant time, Map<Fault, Double> frozen) {
      PumpSensor sensor = fault.sensors().get(0);
      if (fault.kind() == FaultKind.SENSOR_OFFSET) {
        readings.merge(sensor, fault.strengthAt(time) * sensor.offset(), Double::sum);
      } else if (fault.kind() == FaultKind.SENSOR_STUCK) {
        readings.computeIfPresent(
            sensor, (key, value) -> frozen.computeIfAbsent(fault, first -> value));
      }
    }

    private static double[] shown(Map<PumpSensor, Double> readings) {
      return readings.entrySet().stream()
          .mapToDouble(reading -> reading.getKey().shown(reading.getValue()))
          .toArray();
    }
  }
}
