/**
 * The figures the documents quote, measured again. Start with {@link
 * dev.elbow.benchmarks.BenchmarkCommand}.
 */
@NullMarked
package dev.elbow.benchmarks;

import org.jspecify.annotations.NullMarked;
