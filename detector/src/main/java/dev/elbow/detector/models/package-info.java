/**
 * Which model scores: loading a bundle through the gate away from the stream, watching its
 * directory, and changing models between records. It knows nothing of Kafka. Start with
 * ModelDirectory.
 */
@NullMarked
package dev.elbow.detector.models;

import org.jspecify.annotations.NullMarked;
