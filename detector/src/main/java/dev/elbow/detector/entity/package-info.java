/**
 * What the detector remembers of each entity from one record to the next, in stores that survive
 * it: the rows its model looks back on, and how the entity stands after them. What a row's score is
 * and what follows from it are not here. Start with Entities.
 */
@NullMarked
package dev.elbow.detector.entity;

import org.jspecify.annotations.NullMarked;
