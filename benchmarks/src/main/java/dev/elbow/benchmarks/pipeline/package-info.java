/**
 * The detector as a whole on a real broker: how many records a second it judges, and how long one
 * is under way. Start with {@link dev.elbow.benchmarks.pipeline.ThroughputCommand}.
 */
@NullMarked
package dev.elbow.benchmarks.pipeline;

import org.jspecify.annotations.NullMarked;
