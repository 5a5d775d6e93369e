package dev.elbow.detector.replay;

import dev.elbow.event.ObservationFormat;
import dev.elbow.scoring.ObservedShare;
import java.util.Optional;

/**
 * How the detector was set, as far as what a record came to depends on it.
 *
 * @param format how the observations are written
 * @param observedShare a record with fewer of the model's sensors was rejected
 * @param acknowledgements the topic of those that it took, if it took any
 * @param since the first offset of the source partition that the model judged, if it is known
 */
public record Circumstances(
    ObservationFormat format,
    ObservedShare observedShare,
    Optional<String> acknowledgements,
    Optional<Long> since) {}
