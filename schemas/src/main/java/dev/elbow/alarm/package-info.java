/**
 * From one entity's scores in the order of time to what is published and raised. Everything here is
 * a pure function of settings, state and score, so that the detector, which keeps the state in a
 * store, and offline scoring, which keeps it in a loop, cannot differ; what a score is and where
 * its threshold comes from are not here. Start with {@link dev.elbow.alarm.Alarms}.
 */
@NullMarked
package dev.elbow.alarm;

import org.jspecify.annotations.NullMarked;
