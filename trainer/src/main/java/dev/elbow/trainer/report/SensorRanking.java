package dev.elbow.trainer.report;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What each sensor contributes to the score of a normal row, the largest first. */
final class SensorRanking {

  /** So many are read at once; the others are a click away. */
  private static final int FIRST = 25;

  private SensorRanking() {}

  /**
   * One sensor over the held-out rows in which it took part.
   *
   * @param name its name
   * @param mean contribution, in nats
   * @param highest contribution, in nats
   * @param sigma how far from what the model expects is usual, in standard deviations of the fit
   *     rows
   */
  record Sensor(String name, double mean, double highest, double sigma) {}

  /** By mean contribution, from the largest. */
  static List<Sensor> of(HeldOutRows rows, List<String> names) {
    return IntStream.range(0, names.size())
        .mapToObj(d -> sensor(rows, names.get(d), d))
        .sorted(Comparator.comparingDouble(Sensor::mean).reversed())
        .toList();
  }

  private static Sensor sensor(HeldOutRows rows, String name, int d) {
    var contributions =
        rows.blamed(0, rows.count()).stream()
            .mapToDouble(blame -> blame.contribution(d))
            .filter(nats -> nats != 0 && Double.isFinite(nats))
            .summaryStatistics();
    double sigma =
        rows.blamed(0, rows.count()).stream()
            .mapToDouble(blame -> blame.sigma(d))
            .filter(Double::isFinite)
            .average()
            .orElse(0);
    boolean observed = contributions.getCount() > 0;
    return new Sensor(
        name, contributions.getAverage(), observed ? contributions.getMax() : 0, sigma);
  }

  static String toHtml(List<Sensor> sensors) {
    double widest = Math.max(1, sensors.stream().mapToDouble(Sensor::sigma).max().orElse(1));
    String first = table(sensors.subList(0, Math.min(FIRST, sensors.size())), widest);
    return sensors.size() <= FIRST
        ? first
        : first
            + "<details><summary>%d more</summary>\n%s</details>\n"
                .formatted(
                    sensors.size() - FIRST, table(sensors.subList(FIRST, sensors.size()), widest));
  }

  private static String table(List<Sensor> sensors, double widest) {
    return sensors.stream()
        .map(sensor -> row(sensor, widest))
        .collect(
            Collectors.joining(
                "",
                """
                <table class="sensors">
                <tr><th>sensor</th><th class="number">mean, nats</th>\
                <th class="number">highest, nats</th><th class="number">σ</th><th></th></tr>
                """,
                "</table>\n"));
  }

  private static String row(Sensor sensor, double widest) {
    return """
        <tr><td>%s</td><td class="number">%s</td><td class="number">%s</td>\
        <td class="number">%s</td><td class="track"><i style="width:%.0f%%"></i></td></tr>
        """
        .formatted(
            Svg.escape(sensor.name()),
            Svg.number(sensor.mean()),
            Svg.number(sensor.highest()),
            Svg.number(sensor.sigma()),
            100 * sensor.sigma() / widest);
  }
}
