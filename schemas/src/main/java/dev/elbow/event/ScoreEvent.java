package dev.elbow.event;

import java.time.Instant;

/**
 * One score, anomalous or not, for those who ask for all of them.
 *
 * @param entity the machine
 * @param timestamp when it was observed
 * @param summary its score and what that is made of
 * @param model id of the bundle that scored it
 * @param source the record it was read from
 */
public record ScoreEvent(
    String entity, Instant timestamp, ScoreSummary summary, String model, Coordinates source) {}
