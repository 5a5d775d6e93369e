/**
 * What Elbow says when something a person or another system handed in cannot be used. It holds the
 * one exception for it, how it tells of a client without repeating a secret, and nothing of any
 * format. Start with {@link dev.elbow.input.InvalidInputException}.
 */
@NullMarked
package dev.elbow.input;

import org.jspecify.annotations.NullMarked;
