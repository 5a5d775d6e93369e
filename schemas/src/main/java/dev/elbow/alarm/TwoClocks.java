package dev.elbow.alarm;

/**
 * Alarms that hold under drift: the same score means another thing for a machine that has aged.
 *
 * <p>Two clocks run. By the <b>fast</b> one a level follows the watched score, and a row is an
 * {@link AlarmLevel#ALARM} where the score stands out from that level by more than its scatter
 * explains: the <em>onset</em> of something. A few rows later the higher score has become the
 * baseline that the next onset must stand out from, so a fault that lasts is one onset and not a
 * thousand alarms. By the <b>slow</b> clock, which stands still unless asked to run, an anchor
 * follows the level, and {@link AlarmLevel#SHIFT} says that the level lies far above its anchor: a
 * fault that lasts, or a ramp too slow for any onset, or ageing. It stands until the level comes
 * back or somebody {@linkplain AlarmState#acknowledged acknowledges} it.
 *
 * <p>Neither sees what the score does not show, and SHIFT cannot tell a fault from drift. What the
 * rule cannot see stands in {@code docs/operations.md}; the equations are (63) to (67) of {@code
 * docs/math.md}.
 *
 * <p>The scatter is measured from row to row and not around the level, since a level that lags
 * behind a drift would count the drift as scatter, and the onset of a fault would hide itself.
 *
 * <p>Sources: Roberts 1959, "Control chart tests based on geometric moving averages"; von Neumann,
 * Kent, Bellinson and Hart 1941, "The mean square successive difference"; Lucas and Saccucci 1990,
 * "Exponentially weighted moving average control schemes" (the variance before it has settled).
 *
 * @param clocks the settings
 * @param normal how the held-out rows scored
 */
public record TwoClocks(Clocks clocks, Normal normal) implements AlarmRule {

  /** An onset is alarmed for so many rows; then it is the baseline for the next. */
  private static final int ONSET_ROWS = 3;

  /** So many rows in a row end what has passed, lest one low score does. */
  private static final int RETURN_ROWS = 5;

  /** A raised baseline ends once the score is back by three quarters of the way to the level. */
  private static final double STILL_RAISED = 0.25;

  /** A single leap counts as at most so many scatters: one absurd score is no new scatter. */
  private static final double LARGEST_LEAP = 4;

  /**
   * The level follows a score as if it were at most this many times the SHIFT's limit away. So a
   * SHIFT takes at least half a fast clock of high scores, however high they are.
   */
  private static final double LARGEST_PULL = 2;

  /** A SHIFT is raised again each time it has grown so many times over. */
  private static final double RAISED_AGAIN = 2;

  /** A SHIFT that falls back to this share of its limit is over. */
  private static final double SHIFT_OVER = 0.5;

  /**
   * How normal rows score that took no part in the fit.
   *
   * @param level their median watched score, in nats
   * @param spread the median distance from it, in nats, positive
   * @param scatter the mean distance of one watched score from the one before, in nats, positive
   */
  public record Normal(double level, double spread, double scatter) {

    /**
     * @throws IllegalArgumentException if a number is out of its range
     */
    public Normal {
      Rule.check(Double.isFinite(level), "normal level: expected a finite number", level);
      Rule.check(
          spread > 0 && Double.isFinite(spread),
          "normal spread: expected a positive number",
          spread);
      Rule.check(
          scatter > 0 && Double.isFinite(scatter),
          "normal scatter: expected a positive number",
          scatter);
    }
  }

  @Override
  public AlarmState start() {
    return AlarmState.start(normal.level(), normal.scatter());
  }

  @Override
  public double thresholdInNats(double threshold) {
    return normal.level() + threshold * normal.scatter();
  }

  @Override
  public Judgement judge(AlarmState state, double watched, double noise, double threshold) {
    // (65) T_t = (s_t − b_{t−1}) / (max(e_{t−1}, e₀) κ_t)
    double unit = Math.max(state.scatter(), normal.scatter()) * noise;
    double statistic = (watched - state.baseline()) / unit;
    boolean alarm = statistic > threshold;
    double level = level(state, watched);
    AlarmState onset = withBaseline(state, watched, level, alarm);
    AlarmState next = withShift(onset, alarm);
    boolean raised = next.shift() > state.shift();
    return new Judgement(
        next,
        alarm ? AlarmLevel.ALARM : next.isShifted() ? AlarmLevel.SHIFT : AlarmLevel.NORMAL,
        statistic,
        state.baseline() + threshold * unit,
        alarm || raised);
  }

  /** The level after a row, in nats. */
  private double level(AlarmState state, double watched) {
    double limit = LARGEST_PULL * limit();
    double pull = Math.max(-limit, Math.min(limit, watched - state.level()));
    // (63) l_t = l_{t−1} + clip(s_t − l_{t−1}) / N
    return state.level() + pull / clocks.fastRows();
  }

  /** The scatter after a row, in nats. */
  private double scatter(AlarmState state, double watched) {
    if (Double.isNaN(state.watched())) {
      return state.scatter();
    }
    double largest = LARGEST_LEAP * Math.max(state.scatter(), normal.scatter());
    double leap = Math.min(largest, Math.abs(watched - state.watched()));
    // (64) e_t = e_{t−1} + (min(|s_t − s_{t−1}|, 4 max(e_{t−1}, e₀)) − e_{t−1}) / N
    return state.scatter() + (leap - state.scatter()) / clocks.fastRows();
  }

  /**
   * What the next onset must stand out from: the level, or what an onset has raised above it. A
   * raised baseline follows the score by the fast clock as well, and ends where the score has come
   * back or the level has caught up.
   */
  private AlarmState withBaseline(AlarmState state, double watched, double level, boolean alarm) {
    int alarmRows = alarm ? state.alarmRows() + 1 : 0;
    int returnRows = 0;
    double raised = state.raised();
    if (alarmRows == ONSET_ROWS) {
      raised = watched;
      alarmRows = 0;
    } else if (state.isRaised()) {
      double back = state.level() + STILL_RAISED * (state.raised() - state.level());
      returnRows = watched < back ? state.returnRows() + 1 : 0;
      raised += (watched - raised) / clocks.fastRows();
    }
    if (returnRows == RETURN_ROWS || raised <= level) {
      raised = Double.NaN;
      returnRows = 0;
    }
    return new AlarmState(
        state.smoothed(),
        state.unsettled(),
        watched,
        level,
        raised,
        scatter(state, watched),
        clocks.slowRows() == 0
            ? state.anchor()
            : state.anchor() + (level - state.anchor()) / clocks.slowRows(),
        state.shift(),
        alarmRows,
        returnRows);
  }

  /** Raises SHIFT, raises it again or ends it; not in a row that is an ALARM already. */
  private AlarmState withShift(AlarmState state, boolean alarm) {
    // (67) m_t = l_t − a_t, a SHIFT from m_t > λ · spread on
    double distance = state.level() - state.anchor();
    double shift = state.shift();
    if (distance < SHIFT_OVER * limit()) {
      shift = 0;
    } else if (!alarm && distance > Math.max(limit(), RAISED_AGAIN * shift)) {
      shift = distance;
    }
    return new AlarmState(
        state.smoothed(),
        state.unsettled(),
        state.watched(),
        state.level(),
        state.raised(),
        state.scatter(),
        state.anchor(),
        shift,
        state.alarmRows(),
        state.returnRows());
  }

  /** How far the level may lie above its anchor, in nats. */
  private double limit() {
    return clocks.shiftSpread() * normal.spread();
  }
}
