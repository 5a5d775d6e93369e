/**
 * A simulated pumping station: made-up machines that obey real equations, with faults whose truth
 * is known. It holds no Kafka and no model, and nobody should take its figures for those of a real
 * plant. Start with {@link dev.elbow.demo.plant.SimulatedPlant}.
 */
@NullMarked
package dev.elbow.demo.plant;

import org.jspecify.annotations.NullMarked;
