package dev.elbow.event;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * The bytes of an Avro container file, and whether they end as they must: with the marker that
 * stands in the header and after every block. Avro's reader takes a file that ends within a block
 * for one that ends before it.
 */
final class AvroSync extends FilterInputStream {

  private static final int MAGIC_BYTES = 4;
  private static final int MARKER_BYTES = 16;

  /** A header holds little more than the schema. */
  private static final int LARGEST_HEADER = 1 << 24;

  private final byte[] marker;
  private final byte[] last = new byte[MARKER_BYTES];

  private AvroSync(InputStream bytes, byte[] marker) {
    super(bytes);
    this.marker = marker;
  }

  /** Reads the header and goes back before it. */
  static AvroSync of(InputStream bytes) throws IOException {
    BufferedInputStream rewindable = new BufferedInputStream(bytes, 1 << 16);
    rewindable.mark(LARGEST_HEADER);
    BinaryDecoder header = DecoderFactory.get().directBinaryDecoder(rewindable, null);
    header.skipFixed(MAGIC_BYTES);
    for (long left = header.readMapStart(); left > 0; left = header.mapNext()) {
      for (long k = 0; k < left; k++) {
        header.skipString();
        header.skipBytes();
      }
    }
    byte[] marker = new byte[MARKER_BYTES];
    header.readFixed(marker);
    rewindable.reset();
    return new AvroSync(rewindable, marker);
  }

  /** Whether the last bytes read are the marker. */
  boolean isAtMarker() {
    return Arrays.equals(last, marker);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int read = super.read(into, offset, length);
    if (read > 0) {
      int kept = Math.max(0, MARKER_BYTES - read);
      System.arraycopy(last, MARKER_BYTES - kept, last, 0, kept);
      System.arraycopy(
          into, offset + read - (MARKER_BYTES - kept), last, kept, MARKER_BYTES - kept);
    }
    return read;
  }

  @Override
  public long skip(long n) throws IOException {
    return readNBytes((int) Math.min(n, 1 << 16)).length;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
