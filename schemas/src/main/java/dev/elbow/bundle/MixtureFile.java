package dev.elbow.bundle;

import dev.elbow.score.ExemplarMixture;
import dev.elbow.score.Rows;
import dev.elbow.score.SensorMap;
import dev.elbow.score.SensorMaps;
import dev.elbow.score.Squash;
import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code mixture.f64}: M rows of 1 + D numbers, each the weight of an exemplar and then the
 * exemplar; the matrix A, D rows of D numbers; then, sensor by sensor, the knots of its map and the
 * values at them. How many knots each has is in the manifest.
 */
final class MixtureFile {

  private MixtureFile() {}

  static byte[] toBytes(ExemplarMixture mixture) {
    int sensors = mixture.sensors();
    List<SensorMap> maps = mixture.maps().maps();
    int knots = maps.stream().mapToInt(map -> map.knots().length).sum();
    long count = size(mixture.count(), sensors, knots);
    DoubleBuffer values = DoubleBuffer.allocate(Math.toIntExact(count));
    double[] weights = mixture.weights();
    for (int j = 0; j < weights.length; j++) {
      values.put(weights[j]).put(mixture.exemplars().row(j));
    }
    values.put(mixture.root());
    maps.forEach(map -> values.put(map.knots()).put(map.values()));
    return Float64.toBytes(values.array());
  }

  private static long size(long exemplars, long sensors, long knots) {
    return exemplars * (1 + sensors) + sensors * sensors + 2 * knots;
  }

  /**
   * @param squash of the bundle
   * @throws IllegalArgumentException if the bytes are not what the entry says
   */
  static ExemplarMixture fromBytes(byte[] bytes, MixtureEntry.Exemplars entry, Squash squash) {
    double[] found = Float64.fromBytes(bytes);
    int sensors = entry.knots().size();
    long knots = entry.knots().stream().mapToLong(Integer::longValue).sum();
    Rule.check(
        size(entry.exemplars(), sensors, knots) == found.length,
        "expected %d exemplars of %d sensors with %d knots, %d numbers, found %d"
            .formatted(
                entry.exemplars(),
                sensors,
                knots,
                size(entry.exemplars(), sensors, knots),
                found.length));
    DoubleBuffer values = DoubleBuffer.wrap(found);
    double[] weights = new double[entry.exemplars()];
    double[][] exemplars = new double[weights.length][];
    for (int j = 0; j < weights.length; j++) {
      weights[j] = values.get();
      exemplars[j] = next(values, sensors);
    }
    double[] root = next(values, sensors * sensors);
    List<SensorMap> maps = new ArrayList<>();
    for (int count : entry.knots()) {
      maps.add(new SensorMap(next(values, count), next(values, count)));
    }
    return new ExemplarMixture(new SensorMaps(maps, squash), Rows.copyOf(exemplars), weights, root);
  }

  private static double[] next(DoubleBuffer values, int count) {
    double[] next = new double[count];
    values.get(next);
    return next;
  }
}
