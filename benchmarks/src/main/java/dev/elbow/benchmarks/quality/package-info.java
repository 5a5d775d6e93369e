/**
 * Detection quality on a folder of data sets, every set trained and scored with the defaults: the
 * areas beside those of simple detectors, whether thresholds keep their rate, who is blamed, what
 * is left when sensors are missing, and what becomes of alarms under drift. No score, alarm or
 * blame is computed here, only counted. Start with {@link
 * dev.elbow.benchmarks.quality.QualityCommand}.
 */
@NullMarked
package dev.elbow.benchmarks.quality;

import org.jspecify.annotations.NullMarked;
