/**
 * How fast archives are read, and how much of the heap the rows take. Kernels are elsewhere, by
 * JMH. Start with {@link dev.elbow.benchmarks.reading.ReadingCommand}.
 */
@NullMarked
package dev.elbow.benchmarks.reading;

import org.jspecify.annotations.NullMarked;
