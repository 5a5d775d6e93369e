package dev.elbow.benchmarks.quality;

import dev.elbow.benchmarks.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What became of the false-alarm rates that were asked for: by set the mean over seeds, below it
 * the mean over sets, beside what it may be.
 */
final class CalibrationTable {

  /** What a realised rate may be off by in the mean: 1.5 down to 1 %, 2 below. */
  private static final double FACTOR_OF_ONE_IN_A_HUNDRED = 1.5;

  private static final double FACTOR_BELOW = 2;

  private final List<Double> rates;

  /** One list of seeds per set. */
  private final List<List<FalseAlarmCheck.Result>> sets = new ArrayList<>();

  CalibrationTable(List<Double> rates) {
    this.rates = List.copyOf(rates);
  }

  /** Adds a set and returns its line. */
  String add(List<FalseAlarmCheck.Result> seeds) {
    sets.add(seeds);
    FalseAlarmCheck.Result first = seeds.get(0);
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%-40s %,7d held out %,7d checked",
            first.set(),
            first.heldOut(),
            first.checked()));
    for (int k = 0; k < rates.size(); k++) {
      int rate = k;
      FalseAlarmCheck.Realised one = first.rates().get(k);
      text.append(
          String.format(
              Locale.ROOT,
              "   %.4g %%: %6.3f %% %5.2f × %s",
              100 * rates.get(k),
              100 * mean(seeds, rate),
              mean(seeds, rate) / rates.get(k),
              !one.supported() ? "largest" : one.pareto() ? "Pareto " : "quantile"));
    }
    return text.append(System.lineSeparator()).toString();
  }

  /** The means over the sets. */
  String means() {
    StringBuilder text = new StringBuilder();
    for (int k = 0; k < rates.size(); k++) {
      text.append(
          String.format(
              Locale.ROOT,
              "asked for %.4g %%: %.4f %% in the mean of %d sets, %.2f times as many; within a factor"
                  + " of %.1f: %s%n",
              100 * rates.get(k),
              100 * mean(k),
              sets.size(),
              mean(k) / rates.get(k),
              factor(k),
              within(k) ? "yes" : "no"));
    }
    return text.toString();
  }

  /** The mean realised rate of each beside the one asked for. */
  List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    for (int k = 0; k < rates.size(); k++) {
      figures.add(
          Figure.of("calibration.rate_" + rates.get(k), mean(k), "false_alarm_rate", rates.get(k)));
    }
    return figures;
  }

  private boolean within(int rate) {
    double ratio = mean(rate) / rates.get(rate);
    return ratio <= factor(rate) && ratio >= 1 / factor(rate);
  }

  private double factor(int rate) {
    return rates.get(rate) >= 0.01 ? FACTOR_OF_ONE_IN_A_HUNDRED : FACTOR_BELOW;
  }

  private double mean(int rate) {
    return sets.stream().mapToDouble(seeds -> mean(seeds, rate)).average().orElseThrow();
  }

  private static double mean(List<FalseAlarmCheck.Result> seeds, int rate) {
    return seeds.stream()
        .mapToDouble(result -> result.rates().get(rate).realised())
        .average()
        .orElseThrow();
  }
}
