/**
 * {@code benchmark fuzz}: records that are wrong in every way we can think of, among sound ones, to
 * the real detector on a real broker, and what has become of each. What is done to them lies in
 * {@link dev.elbow.benchmarks.fuzz.RecordMutations} and its two neighbours. Start with {@link
 * dev.elbow.benchmarks.fuzz.FuzzRun}.
 */
@NullMarked
package dev.elbow.benchmarks.fuzz;

import org.jspecify.annotations.NullMarked;
