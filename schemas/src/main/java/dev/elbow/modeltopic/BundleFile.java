package dev.elbow.modeltopic;

import dev.elbow.event.Activation;

/**
 * A bundle's zip as it stands on the topic, in chunks.
 *
 * @param bundle its id
 * @param chunks how many there are, 1 to {@value #MOST_CHUNKS}
 * @param bytes of all chunks together, at most {@value #MOST_BYTES}
 * @param sha256 of the whole zip, 64 lower-case hexadecimal digits
 */
public record BundleFile(String bundle, int chunks, long bytes, String sha256) {

  /** More than the networks of the widest models need, and nothing a disk cannot take. */
  public static final long MOST_BYTES = 256L << 20;

  /** For chunks of some 16 KiB. */
  public static final int MOST_CHUNKS = 16_384;

  /**
   * @throws IllegalArgumentException if a part is out of its range
   */
  public BundleFile {
    require(Activation.isBundleId(bundle), "bundle: expected 64 hexadecimal digits", bundle);
    require(chunks >= 1 && chunks <= MOST_CHUNKS, "chunks: expected 1 to " + MOST_CHUNKS, chunks);
    require(bytes >= 1 && bytes <= MOST_BYTES, "bytes: expected 1 to " + MOST_BYTES, bytes);
    require(Activation.isBundleId(sha256), "sha256: expected 64 hexadecimal digits", sha256);
  }

  private static void require(boolean holds, String rule, Object found) {
    if (!holds) {
      throw new IllegalArgumentException(rule + ", found " + found);
    }
  }
}
