package dev.elbow.detector.episode;

import dev.elbow.event.Anomaly;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A row that was scored.
 *
 * @param entity whose
 * @param observed when
 * @param offset of its record
 * @param model id of the bundle that scored it
 * @param calm whether the entity is as usual
 * @param shifted whether it is in SHIFT
 * @param anomaly the event of it, if it is anomalous
 * @param usualStep the usual time from one row of the entity to the next, as far as known; only of
 *     anomalous rows
 */
public record JudgedRow(
    String entity,
    Instant observed,
    long offset,
    String model,
    boolean calm,
    boolean shifted,
    Optional<Anomaly> anomaly,
    Optional<Duration> usualStep) {}
