package dev.elbow.benchmarks.pipeline;

import dev.elbow.event.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A plant for measuring speed: machines whose sensors each read about 10, give or take 2.
 *
 * @param machines how many, at least 1
 * @param sensors of each machine, D
 */
public record Plant(int machines, int sensors) {

  /** What every sensor reads on average, in its unit. */
  static final double MEAN = 10;

  /** By how much it varies, one standard deviation. */
  static final double SCALE = 2;

  /** Each machine is read so often. */
  static final Duration STEP = Duration.ofSeconds(1);

  /** Sensors are read to three decimals, as most are. */
  private static final double DIGITS = 1000;

  /** Their names, in order. */
  public List<String> sensorNames() {
    return IntStream.range(0, sensors).mapToObj("sensor_%04d"::formatted).toList();
  }

  String machine(long number) {
    return "machine-%06d".formatted(number % machines);
  }

  /** What the sensors of a machine read at one moment. */
  public double[] read(SplittableRandom random) {
    double[] values = new double[sensors];
    for (int d = 0; d < sensors; d++) {
      values[d] = Math.round((MEAN + SCALE * random.nextGaussian()) * DIGITS) / DIGITS;
    }
    return values;
  }

  /** The same as an observation. */
  Observation observe(SplittableRandom random) {
    double[] read = read(random);
    List<String> names = sensorNames();
    Map<String, Double> values = new LinkedHashMap<>();
    for (int d = 0; d < sensors; d++) {
      values.put(names.get(d), read[d]);
    }
    return new Observation(machine(0), Instant.EPOCH, values);
  }
}
