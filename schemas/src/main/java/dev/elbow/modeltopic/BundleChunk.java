package dev.elbow.modeltopic;

import dev.elbow.identity.Sha256;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A part of a bundle's zip. */
public final class BundleChunk {

  private final BundleFile file;
  private final int index;
  private final byte[] content;

  /**
   * @param file what it is a part of
   * @param index which part, counted from 0
   * @param content not copied
   * @throws IllegalArgumentException if the file has no such part, or the part is empty
   */
  BundleChunk(BundleFile file, int index, byte[] content) {
    if (index < 0 || index >= file.chunks()) {
      throw new IllegalArgumentException(
          "chunk: expected 0 to %d, found %d".formatted(file.chunks() - 1, index));
    }
    if (content.length == 0) {
      throw new IllegalArgumentException("value: expected a part of a zip, found no bytes");
    }
    this.file = file;
    this.index = index;
    this.content = content;
  }

  /**
   * Divides a zip into chunks, in order.
   *
   * @param bundle its id
   * @param zip not modified
   * @param mostBytes in one chunk, at least 1
   * @throws IllegalArgumentException if the zip is larger than a bundle can be, or there are too
   *     many chunks
   */
  public static List<BundleChunk> split(String bundle, byte[] zip, int mostBytes) {
    int count = (int) (((long) zip.length + mostBytes - 1) / mostBytes);
    BundleFile file = new BundleFile(bundle, count, zip.length, Sha256.hexOf(zip));
    List<BundleChunk> chunks = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int from = i * mostBytes;
      chunks.add(
          new BundleChunk(
              file, i, Arrays.copyOfRange(zip, from, Math.min(zip.length, from + mostBytes))));
    }
    return chunks;
  }

  /** What it is a part of. */
  public BundleFile file() {
    return file;
  }

  /** Which part, counted from 0. */
  public int index() {
    return index;
  }

  /** Its bytes, at least one; shared, not to be modified. */
  public byte[] content() {
    return content;
  }
}
