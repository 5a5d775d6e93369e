package dev.elbow.score;

import java.util.List;

/**
 * From a model row to the input of the {@link ExemplarMixture}: the squash undone, every sensor
 * through its own map, and the squash again.
 *
 * <pre>
 *   u_d = squash⁻¹(x_d),   y_d = map_d(u_d),   x′_d = squash(y_d)
 * </pre>
 *
 * <p>Equations (70) and (71) of {@code docs/math.md}.
 *
 * @param maps one per sensor, D of them, at least one
 * @param squash of the model rows, and of what the maps give
 */
public record SensorMaps(List<SensorMap> maps, Squash squash) {

  /**
   * @throws IllegalArgumentException if there is no map
   */
  public SensorMaps {
    maps = List.copyOf(maps);
    if (maps.isEmpty()) {
      throw new IllegalArgumentException("sensor maps: expected at least one, found none");
    }
  }

  /** Number of sensors, D. */
  public int sensors() {
    return maps.size();
  }

  /** x′_d of a sensor's value in a model row. */
  public double apply(int d, double x) {
    return squash.apply(maps.get(d).apply(squash.invert(x)));
  }

  /** ln dx′_d/du_d at a sensor's value in a model row, in nats. */
  public double logJacobian(int d, double x) {
    // (71)  J_d = ln dy/du − ln(1 + max(0, |y| − c))
    double u = squash.invert(x);
    SensorMap map = maps.get(d);
    return map.logSlope(u) - squash.logSlopeOfInverse(squash.apply(map.apply(u)));
  }

  /**
   * Whole rows mapped.
   *
   * @param x N×D, model rows; not modified
   * @return N×D
   * @throws IllegalArgumentException if the rows are not D wide
   */
  public Rows apply(Rows x) {
    requireWidth(x.columns());
    Rows mapped = Rows.zeros(x.count(), x.columns());
    for (int i = 0; i < x.count(); i++) {
      for (int d = 0; d < x.columns(); d++) {
        mapped.set(i, d, apply(d, x.get(i, d)));
      }
    }
    return mapped;
  }

  void requireWidth(int columns) {
    if (columns != sensors()) {
      throw new IllegalArgumentException(
          "rows are %d wide, there are maps for %d sensors".formatted(columns, sensors()));
    }
  }
}
