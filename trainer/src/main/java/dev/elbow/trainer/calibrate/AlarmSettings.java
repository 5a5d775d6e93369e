package dev.elbow.trainer.calibrate;

import dev.elbow.alarm.Clocks;
import dev.elbow.alarm.Smoothing;
import dev.elbow.alarm.ThresholdOn;

/**
 * How alarms are to be told from scores; what the rule needs of the data besides, {@link AlarmFit}
 * finds.
 *
 * @param smoothing of each entity's scores; alarms are told from the smoothed ones unless it is off
 * @param rule which rule
 * @param clocks of two clocks; a fixed threshold has none
 */
public record AlarmSettings(Smoothing smoothing, Rule rule, Clocks clocks) {

  /** The alarm rules there are. */
  public enum Rule {
    /** {@link dev.elbow.alarm.FixedThreshold}. */
    FIXED("fixed"),
    /** {@link dev.elbow.alarm.TwoClocks}. */
    TWO_CLOCKS("two-clocks");

    private final String name;

    Rule(String name) {
      this.name = name;
    }

    /** As the manifest and the command line call it. */
    @Override
    public String toString() {
      return name;
    }
  }

  /** For rows that have nothing to do with each other. */
  public static final AlarmSettings ROWS =
      new AlarmSettings(Smoothing.OFF, Rule.FIXED, Clocks.DEFAULT);

  /** For series. */
  public static final AlarmSettings SERIES =
      new AlarmSettings(Smoothing.SERIES, Rule.TWO_CLOCKS, Clocks.DEFAULT);

  /** Which score alarms are told from. */
  ThresholdOn thresholdOn() {
    return smoothing.equals(Smoothing.OFF) ? ThresholdOn.RAW : ThresholdOn.SMOOTHED;
  }

  /** The same with another smoothing. */
  public AlarmSettings withSmoothing(Smoothing other) {
    return new AlarmSettings(other, rule, clocks);
  }

  /** The same with another rule. */
  public AlarmSettings withRule(Rule other) {
    return new AlarmSettings(smoothing, other, clocks);
  }

  /** The same with other clocks. */
  public AlarmSettings withClocks(Clocks other) {
    return new AlarmSettings(smoothing, rule, other);
  }
}
