/**
 * Which model scores: loading a bundle through the gate away from the stream, watching its
 * directory or keeping to a schedule, and changing models between records. It knows nothing of
 * Kafka: who reads the models topic tells the schedule. Start with Models.
 */
@NullMarked
package dev.elbow.detector.models;

import org.jspecify.annotations.NullMarked;
