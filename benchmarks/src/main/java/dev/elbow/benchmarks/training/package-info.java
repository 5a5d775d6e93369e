/**
 * How fast a fit goes, beside PyTorch. Each side runs in processes of its own, in turn. Start with
 * {@link dev.elbow.benchmarks.training.TrainingCommand}.
 */
@NullMarked
package dev.elbow.benchmarks.training;

import org.jspecify.annotations.NullMarked;
