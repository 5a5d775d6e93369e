/**
 * Where training rows come from: files and archived Kafka topics, read into one table that
 * remembers its lineage, and the split of its rows into fit and held-out. Scaling and everything
 * later is not here. Start with {@link dev.elbow.trainer.data.SensorTable}, then {@link
 * dev.elbow.trainer.data.CsvSource}.
 */
@NullMarked
package dev.elbow.trainer.data;

import org.jspecify.annotations.NullMarked;
