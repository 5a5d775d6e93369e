package dev.elbow.modeltopic;

import dev.elbow.event.Activation;

/**
 * What a record of the models topic says. Of records with the same key the last one counts, as in
 * every compacted topic.
 */
public sealed interface ModelRecord {

  /**
   * Here is a part of a bundle.
   *
   * @param chunk the part
   */
  record Chunk(BundleChunk chunk) implements ModelRecord {}

  /**
   * From a time on a bundle scores.
   *
   * @param activation from when, and whose observations
   */
  record Activated(Activation activation) implements ModelRecord {}

  /**
   * A part of a bundle is no more, and with it the bundle.
   *
   * @param bundle its id
   */
  record BundleRemoved(String bundle) implements ModelRecord {}

  /**
   * An activation is as if it had never been.
   *
   * @param key of its record
   */
  record ActivationRemoved(String key) implements ModelRecord {}
}
