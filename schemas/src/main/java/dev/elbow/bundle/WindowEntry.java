package dev.elbow.bundle;

import dev.elbow.row.Continuity;
import dev.elbow.row.Window;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What {@code manifest.json} says of the rows a model sees at once.
 *
 * @param blocks lengths in rows, newest first; {@code [1]} for a model of single rows
 * @param usualStepSeconds time between consecutive rows, positive; empty (in the file: null) if
 *     rows follow one another as they come
 * @param gapSteps a step of more than this many usual ones begins a new stretch; at least 1
 */
public record WindowEntry(
    List<Integer> blocks, Optional<Double> usualStepSeconds, double gapSteps) {

  private static final double NANOS = 1e9;

  /** Of a model that judges every row by itself. */
  public static final WindowEntry SINGLE_ROW = of(Window.SINGLE_ROW, Continuity.RECORD_ORDER);

  /**
   * @throws IllegalArgumentException if it is no window or no rule of what follows what
   */
  public WindowEntry {
    blocks = new Window(blocks).blocks();
    usualStepSeconds.ifPresent(seconds -> Rule.finite("window.usualStepSeconds", seconds));
    continuity(usualStepSeconds, gapSteps);
  }

  /** The entry of a window and of what breaks it. */
  public static WindowEntry of(Window window, Continuity continuity) {
    return new WindowEntry(
        window.blocks(),
        continuity.usualStep().map(step -> step.getSeconds() + step.getNano() / NANOS),
        continuity.gapSteps());
  }

  /** Which rows, in which blocks. */
  Window toWindow() {
    return new Window(blocks);
  }

  /** What follows what. */
  Continuity toContinuity() {
    return continuity(usualStepSeconds, gapSteps);
  }

  private static Continuity continuity(Optional<Double> usualStepSeconds, double gapSteps) {
    return new Continuity(
        usualStepSeconds.map(seconds -> Duration.ofNanos(Math.round(seconds * NANOS))), gapSteps);
  }
}
