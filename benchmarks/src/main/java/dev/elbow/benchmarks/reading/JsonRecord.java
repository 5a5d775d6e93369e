package dev.elbow.benchmarks.reading;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An observation as one would map it by Jackson's data binding: the baseline.
 *
 * @param timestamp as it is written
 * @param entity as it is written; null where it is not
 * @param values by sensor
 */
public record JsonRecord(String timestamp, @Nullable String entity, Map<String, Double> values) {}
