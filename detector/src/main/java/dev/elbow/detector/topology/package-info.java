/**
 * From a record to its outcome: the topology, the judge that gives each record a verdict, and how
 * verdicts become records again. It scores through the bundle's scorer and knows nothing of
 * configuration files or of how models are found. Start with DetectionTopology.
 */
@NullMarked
package dev.elbow.detector.topology;

import org.jspecify.annotations.NullMarked;
