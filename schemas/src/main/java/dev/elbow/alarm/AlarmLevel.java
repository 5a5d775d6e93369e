package dev.elbow.alarm;

/** How one entity stands after a row. */
public enum AlarmLevel {
  /** Its scores are as usual. */
  NORMAL,
  /** Its score stands out from what was usual for it until just now. */
  ALARM,
  /**
   * What is usual for it has moved away from what was normal in training, or since somebody last
   * acknowledged it. Whether that is a fault or a drift no score can tell.
   */
  SHIFT
}
