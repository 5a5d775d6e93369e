/**
 * From a trained autoencoder to a bundle: the encoder and decoder graphs as ONNX, and the export
 * that proves them against ONNX Runtime before it writes. It knows nothing of data or of fitting.
 * Start with {@link dev.elbow.trainer.onnx.BundleExport}.
 */
@NullMarked
package dev.elbow.trainer.onnx;

import org.jspecify.annotations.NullMarked;
