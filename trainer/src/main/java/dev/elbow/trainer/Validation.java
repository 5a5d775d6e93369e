package dev.elbow.trainer;

import dev.elbow.bundle.Threshold;
import dev.elbow.score.SensorScores;
import dev.elbow.trainer.data.ModelRows;
import dev.elbow.trainer.data.Split;

/**
 * What the held-out rows said of a model.
 *
 * @param split which rows these are
 * @param rows what the score saw of them, before whitening
 * @param scores of these rows
 * @param calibration how alarms are told from such scores
 * @param threshold of what alarms are told from
 */
record Validation(
    Split split,
    ModelRows rows,
    SensorScores scores,
    AlarmCalibration calibration,
    Threshold threshold) {}
