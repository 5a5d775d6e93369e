/**
 * Following the models topic: its bundles come to files on this machine, its activations to the
 * schedule of the models. It is the only place beside the stream where records are read, and knows
 * nothing of observations. Start with ModelsFollower.
 */
@NullMarked
package dev.elbow.detector.modeltopic;

import org.jspecify.annotations.NullMarked;
