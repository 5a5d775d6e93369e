/**
 * The report of a training: one HTML file for people, drawn from what the training measured. It
 * computes means and bins, nothing that a score depends on. Start with {@link
 * dev.elbow.trainer.report.TrainingReport}.
 */
@NullMarked
package dev.elbow.trainer.report;

import org.jspecify.annotations.NullMarked;
