/**
 * Kernels by themselves, measured by JMH: products of matrices, the scorer, the codecs. Whole runs
 * against their baselines are not here. Start with {@link dev.elbow.benchmarks.jmh.JmhCommand}; a
 * further benchmark is a class beside it.
 */
@NullMarked
package dev.elbow.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
