package dev.elbow.event;

import dev.elbow.alarm.AlarmLevel;
import java.time.Instant;

/**
 * One score, anomalous or not, for those who ask for all of them.
 *
 * @param entity the machine
 * @param timestamp when it was observed
 * @param summary its score and what that is made of
 * @param status how its entity stands
 * @param anomalous whether there is an anomaly for it
 * @param model id of the bundle that scored it
 * @param source the record it was read from
 */
public record ScoreEvent(
    String entity,
    Instant timestamp,
    ScoreSummary summary,
    AlarmLevel status,
    boolean anomalous,
    String model,
    Coordinates source) {}
