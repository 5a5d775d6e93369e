/**
 * By what bundles, files and events are told apart and told where they are from: the one digest,
 * and the version of this code. It knows the JDK and nothing of what it digests. Start with {@link
 * dev.elbow.identity.Sha256}.
 */
@NullMarked
package dev.elbow.identity;

import org.jspecify.annotations.NullMarked;
