/**
 * From an observation to a model row and back: the order of the sensors, what is missing, scaling
 * and squash, and for series the rows before it. One code for trainer and detector, so that a row
 * means the same on both sides. Start with {@link dev.elbow.row.RowTransform}, for series with
 * {@link dev.elbow.row.RowHistory}.
 */
@NullMarked
package dev.elbow.row;

import org.jspecify.annotations.NullMarked;
