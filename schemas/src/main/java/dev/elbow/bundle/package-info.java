/**
 * The bundle: everything a score needs, as a directory or a zip, with where it came from. It holds
 * the manifest's records, reading and writing, and knows neither EJML nor ONNX Runtime: the two
 * networks are bytes here. Start with {@link dev.elbow.bundle.ModelBundle}.
 */
@NullMarked
package dev.elbow.bundle;

import org.jspecify.annotations.NullMarked;
