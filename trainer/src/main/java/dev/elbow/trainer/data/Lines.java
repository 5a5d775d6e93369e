package dev.elbow.trainer.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The lines of a file as bytes, whatever they hold; a carriage return before the end belongs to
 * them.
 */
final class Lines {

  private static final int BUFFER = 1 << 16;

  private final InputStream bytes;
  private byte[] buffer = new byte[BUFFER];
  private int from;
  private int to;
  private boolean ended;
  private long read;

  /**
   * @param bytes not closed by this
   */
  Lines(InputStream bytes) {
    this.bytes = bytes;
  }

  /**
   * Whether there is another line; what follows the last end of a line is one if it is not empty.
   */
  boolean hasNext() throws IOException {
    if (from == to && !ended) {
      fill();
    }
    return from < to;
  }

  /** The next line, without its end. */
  byte[] next() throws IOException {
    int end = endFrom(from);
    while (end < 0 && !ended) {
      int known = to - from;
      fill();
      end = endFrom(from + known);
    }
    byte[] line = Arrays.copyOfRange(buffer, from, end < 0 ? to : end);
    from = end < 0 ? to : end + 1;
    read++;
    return line;
  }

  private int endFrom(int start) {
    for (int k = start; k < to; k++) {
      if (buffer[k] == '\n') {
        return k;
      }
    }
    return -1;
  }

  /** Reads more behind what is not yet taken. */
  private void fill() throws IOException {
    System.arraycopy(buffer, from, buffer, 0, to - from);
    to -= from;
    from = 0;
    if (to == buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.multiplyExact(2, to));
    }
    int more = bytes.read(buffer, to, buffer.length - to);
    ended = more < 0;
    to += Math.max(0, more);
  }

  static boolean isBlank(byte[] line) {
    for (byte next : line) {
      if (next != ' ' && next != '\t' && next != '\r') {
        return false;
      }
    }
    return true;
  }

  /** How many lines have been read, so the number of the last one. */
  long read() {
    return read;
  }
}
