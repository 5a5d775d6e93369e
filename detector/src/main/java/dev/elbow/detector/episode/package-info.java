/**
 * Many anomalies of one entity are one alarm: when an episode begins, goes on and is over, what is
 * told of it, and how it outlasts the detector. What an anomaly is, and how events are sent, is not
 * here. Start with OpenEpisode, then Episodes.
 */
@NullMarked
package dev.elbow.detector.episode;

import org.jspecify.annotations.NullMarked;
