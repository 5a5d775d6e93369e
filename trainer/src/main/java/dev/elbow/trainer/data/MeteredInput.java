package dev.elbow.trainer.data;

import dev.elbow.identity.Sha256;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Passes bytes on while it counts and digests them. */
final class MeteredInput extends FilterInputStream {

  private final Meter meter;
  private final Sha256 sha256 = new Sha256();

  MeteredInput(InputStream in, Meter meter) {
    super(in);
    this.meter = meter;
  }

  @Override
  public int read() throws IOException {
    int next = super.read();
    if (next >= 0) {
      sha256.add(new byte[] {(byte) next});
      meter.add(1);
    }
    return next;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int read = super.read(into, offset, length);
    if (read > 0) {
      sha256.add(into, offset, read);
      meter.add(read);
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

  /** Reads what is left, so that the digest is that of the file. */
  void readToEnd() throws IOException {
    byte[] rest = new byte[1 << 13];
    while (read(rest, 0, rest.length) >= 0) {}
  }

  /** How many bytes the files have; those that cannot be read count as none. */
  static long totalBytes(List<Path> files) {
    try {
      long total = 0;
      for (Path file : files) {
        total += Files.exists(file) ? Files.size(file) : 0;
      }
      return total;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The digest of all bytes read, lower-case hex; to be asked once, at the end. */
  String sha256() {
    return sha256.hex();
  }

  /** Adds up the bytes of several files for one listener. */
  static final class Meter {

    private final ReadProgress progress;
    private final long total;
    private long done;

    Meter(ReadProgress progress, long total) {
      this.progress = progress;
      this.total = total;
    }

    void add(long bytes) {
      done += bytes;
      progress.read(done, total);
    }
  }
}
