/**
 * Reading topics again, apart from any stream: finding a published anomaly, scoring its record once
 * more and comparing the two. Judging is the topology's; nothing here joins a group, commits an
 * offset or writes. Start with {@link dev.elbow.detector.replay.Verification}.
 */
@NullMarked
package dev.elbow.detector.replay;

import org.jspecify.annotations.NullMarked;
