package dev.elbow.alarm;

import java.nio.ByteBuffer;

/**
 * All that an {@link Alarms} remembers of one entity from row to row: a value, 72 bytes as binary.
 *
 * @param smoothed the last smoothed score, in nats; NaN before the first
 * @param unsettled what the first score still weighs in the variance of the smoothed one, (1 −
 *     α)^(2(t − 1)) after t scores, in [0, 1]
 * @param watched the last score that alarms were told from, in nats; NaN before the first
 * @param level what is usual of late, in nats: it follows with the fast clock
 * @param raised a baseline that an alarm has raised above the level, in nats; NaN where none has
 * @param scatter how far a watched score lies from the one before, usually, in nats
 * @param anchor the level that counts as normal, in nats
 * @param shift how far the level was above the anchor when SHIFT was last raised, in nats; 0 while
 *     there is no SHIFT
 * @param alarmRows how many rows before this one in a row were in ALARM and raised no baseline
 * @param returnRows how many rows in a row lay far below a raised baseline
 */
public record AlarmState(
    double smoothed,
    double unsettled,
    double watched,
    double level,
    double raised,
    double scatter,
    double anchor,
    double shift,
    int alarmRows,
    int returnRows) {

  /** The length of a state as binary. */
  public static final int BYTES = 8 * Double.BYTES + 2 * Integer.BYTES;

  /**
   * The state of an entity of which nothing has been scored yet.
   *
   * @param level what is usual and normal, in nats
   * @param scatter in nats, not negative
   */
  static AlarmState start(double level, double scatter) {
    return new AlarmState(
        Smoothing.NONE, 1, Double.NaN, level, Double.NaN, scatter, level, 0, 0, 0);
  }

  /** Whether the level has moved and nobody has acknowledged it. */
  public boolean isShifted() {
    return shift > 0;
  }

  /** Whether an alarm has raised the baseline above the level. */
  boolean isRaised() {
    return !Double.isNaN(raised);
  }

  /** What a watched score is held against, in nats. */
  double baseline() {
    return isRaised() ? raised : level;
  }

  /**
   * The state after a gap: what the scores were averages of is over, what is usual for the machine
   * is not.
   */
  public AlarmState afterGap() {
    return new AlarmState(
        Smoothing.NONE, 1, Double.NaN, level, raised, scatter, anchor, shift, 0, returnRows);
  }

  /** The state after somebody has acknowledged the SHIFT: the present level is normal from now. */
  public AlarmState acknowledged() {
    return new AlarmState(
        smoothed, unsettled, watched, level, raised, scatter, level, 0, alarmRows, returnRows);
  }

  /** The state with another smoothed score. */
  AlarmState smoothed(double next, double unsettledNext) {
    return new AlarmState(
        next, unsettledNext, watched, level, raised, scatter, anchor, shift, alarmRows, returnRows);
  }

  /**
   * Writes the state: the eight doubles, then the two counts, in the order of the record and of the
   * buffer's bytes.
   */
  public void writeTo(ByteBuffer bytes) {
    bytes
        .putDouble(smoothed)
        .putDouble(unsettled)
        .putDouble(watched)
        .putDouble(level)
        .putDouble(raised)
        .putDouble(scatter)
        .putDouble(anchor)
        .putDouble(shift)
        .putInt(alarmRows)
        .putInt(returnRows);
  }

  /**
   * Reads what {@link #writeTo} wrote.
   *
   * @throws java.nio.BufferUnderflowException if fewer than {@link #BYTES} remain
   */
  public static AlarmState readFrom(ByteBuffer bytes) {
    return new AlarmState(
        bytes.getDouble(),
        bytes.getDouble(),
        bytes.getDouble(),
        bytes.getDouble(),
        bytes.getDouble(),
        bytes.getDouble(),
        bytes.getDouble(),
        bytes.getDouble(),
        bytes.getInt(),
        bytes.getInt());
  }
}
