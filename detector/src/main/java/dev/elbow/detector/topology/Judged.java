package dev.elbow.detector.topology;

import dev.elbow.event.AnomalyEvent;
import java.util.List;

/**
 * What a record came to.
 *
 * @param source the record
 * @param beside what was found when it came, to be sent before its verdict
 * @param verdict what became of it
 */
record Judged(SourceRecord source, List<AnomalyEvent> beside, Verdict verdict) {}
