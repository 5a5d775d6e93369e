package dev.elbow.trainer.evaluate;

import java.util.Arrays;
import java.util.OptionalInt;

/** The labels y_ℓ of a series, which fade out on either side of each event; by place. */
final class FadedLabels {

  private static final int NO_EVENT = -1;

  private final double[] y;
  private final int[] eventAt;
  private final int events;
  private final double positives;

  /**
   * @param buffer ℓ, in rows, at least 0
   */
  FadedLabels(LabelledSeries series, int buffer) {
    this.y = new double[series.count()];
    int labelled = 0;
    for (LabelledSeries.Event event : series.events()) {
      fade(event, buffer);
      labelled += event.to() - event.from();
    }
    Arrays.setAll(y, place -> Math.min(1, y[place]));
    this.positives = (labelled + Arrays.stream(y).sum()) / 2;
    this.eventAt = new int[y.length];
    this.events = numberEvents(series);
  }

  private void fade(LabelledSeries.Event event, int buffer) {
    Arrays.fill(y, event.from(), event.to(), 1);
    LabelledSeries.Run within = event.series();
    for (int away = 1; away <= buffer / 2; away++) {
      double label = Math.sqrt(1 - (double) away / buffer);
      if (event.from() - away >= within.from()) {
        y[event.from() - away] += label;
      }
      if (event.to() - 1 + away < within.to()) {
        y[event.to() - 1 + away] += label;
      }
    }
  }

  private int numberEvents(LabelledSeries series) {
    Arrays.fill(eventAt, NO_EVENT);
    int count = 0;
    for (LabelledSeries.Run run : series.series()) {
      for (int place = run.from(); place < run.to(); place++) {
        if (y[place] > 0) {
          boolean goesOn = place > run.from() && y[place - 1] > 0;
          eventAt[place] = goesOn ? count - 1 : count++;
        }
      }
    }
    return count;
  }

  /** y_ℓ, in [0, 1]. */
  double y(int place) {
    return y[place];
  }

  /** The fading event a place is part of, from 0. */
  OptionalInt eventAt(int place) {
    return eventAt[place] == NO_EVENT ? OptionalInt.empty() : OptionalInt.of(eventAt[place]);
  }

  /** How many there are; events whose labels have grown together are one. */
  int events() {
    return events;
  }

  /** P: half the sum of the labels as they were and as they fade. */
  double positives() {
    return positives;
  }
}
