/**
 * Whether every record has exactly one outcome, whatever dies: a broker and detectors as processes
 * that are killed, a known input, and a ledger of what became of each record. The figures of
 * quality and speed are elsewhere. Start with {@link dev.elbow.benchmarks.reliability.Scenario}.
 */
@NullMarked
package dev.elbow.benchmarks.reliability;

import org.jspecify.annotations.NullMarked;
