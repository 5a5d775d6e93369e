/**
 * The steps of the package above in single precision: the build writes them, out of the same lines.
 * Start with the package above.
 */
@NullMarked
package dev.elbow.trainer.fit.single;

import org.jspecify.annotations.NullMarked;
