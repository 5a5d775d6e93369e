/**
 * Detection quality on a folder of labelled data sets: every set trained and scored with the
 * defaults, the simple detectors beside it. Start with {@link
 * dev.elbow.benchmarks.quality.QualityCommand}.
 */
@NullMarked
package dev.elbow.benchmarks.quality;

import org.jspecify.annotations.NullMarked;
