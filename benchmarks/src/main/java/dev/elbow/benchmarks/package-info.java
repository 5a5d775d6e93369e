/** JMH kernels and pipeline benchmarks behind the figures in the documents. */
@NullMarked
package dev.elbow.benchmarks;

import org.jspecify.annotations.NullMarked;
