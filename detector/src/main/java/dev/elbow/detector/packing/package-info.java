/**
 * How records come in: what a poll brings is packed into frames before Kafka Streams sees it, so
 * that one call of the processor, and of the networks, deals with many. It knows nothing of what
 * records mean. Start with {@link dev.elbow.detector.packing.RecordPacker}.
 */
@NullMarked
package dev.elbow.detector.packing;

import org.jspecify.annotations.NullMarked;
