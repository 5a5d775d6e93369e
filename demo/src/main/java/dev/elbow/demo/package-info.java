/**
 * The whole product on one machine: a simulated pumping station, an embedded broker, training,
 * replay and detection. Start with DemoCommand.
 */
@NullMarked
package dev.elbow.demo;

import org.jspecify.annotations.NullMarked;
