package dev.elbow.benchmarks.quality;

import dev.elbow.alarm.Alarms;
import dev.elbow.bundle.Manifest;
import dev.elbow.scoring.Scorer;
import dev.elbow.trainer.TrainingSettings;
import dev.elbow.trainer.data.SensorTable;
import dev.elbow.trainer.data.Split;
import dev.elbow.trainer.data.Stretches;
import dev.elbow.trainer.input.UsableRows;

/**
 * How alarms are told from the scores of a bundle.
 *
 * @param alarms smoothing and rule
 * @param threshold on the rule's statistic
 */
record TellingRule(Alarms alarms, double threshold) {

  /** A bundle's own. */
  static TellingRule of(Scorer scorer) {
    Manifest manifest = scorer.bundle().manifest();
    return new TellingRule(manifest.alarms(), manifest.threshold().score());
  }

  /** The rows that a training of a series holds out. */
  static int[] heldOutRows(SensorTable train, TrainingSettings settings) {
    UsableRows usable = new UsableRows(train);
    Stretches stretches =
        Stretches.of(train, settings.input().continuity(), i -> !usable.contains(i));
    return Split.last(stretches, settings.input().window(), settings.heldOut()).heldOut();
  }
}
