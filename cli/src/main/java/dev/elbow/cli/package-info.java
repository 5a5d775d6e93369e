/**
 * The command line: one main class, the commands a production machine needs, and the one place
 * where exceptions become exit codes. Start with Elbow.
 */
@NullMarked
package dev.elbow.cli;

import org.jspecify.annotations.NullMarked;
