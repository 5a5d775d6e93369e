package dev.elbow.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads Avro's binary encoding of numbers, texts and lengths where it lies, without copying. No
 * length it finds is believed before so many bytes are there.
 *
 * <p>Source: Apache Avro 1.12.0 specification, "Binary Encoding".
 */
final class AvroCursor {

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** A long has 64 bits, 7 to a byte. */
  private static final int MOST_SHIFT = 63;

  private byte[] bytes = new byte[0];
  private int start;
  private int at;
  private int end;

  /** Begins with byte {@code from}; {@code to} is the first that is not to be read. */
  void set(byte[] text, int from, int to) {
    bytes = text;
    start = from;
    at = from;
    end = to;
  }

  byte[] bytes() {
    return bytes;
  }

  int at() {
    return at;
  }

  /** Goes back to where it was. */
  void moveTo(int place) {
    at = place;
  }

  int remaining() {
    return end - at;
  }

  /** An int or a long: base 128, least significant first, and zigzag. */
  long number() throws Fault {
    long bits = 0;
    for (int shift = 0; shift <= MOST_SHIFT; shift += 7) {
      require(1);
      byte next = bytes[at++];
      bits |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return (bits >>> 1) ^ -(bits & 1);
      }
    }
    throw malformed("a number of at most 10 bytes, found a longer one");
  }

  float float32() throws Fault {
    require(Float.BYTES);
    int bits = (int) INT.get(bytes, at);
    at += Float.BYTES;
    return Float.intBitsToFloat(bits);
  }

  double float64() throws Fault {
    require(Double.BYTES);
    long bits = (long) LONG.get(bytes, at);
    at += Double.BYTES;
    return Double.longBitsToDouble(bits);
  }

  /** As many doubles as the array holds. */
  void float64s(double[] values) throws Fault {
    int length = values.length * Double.BYTES;
    require(length);
    ByteBuffer.wrap(bytes, at, length).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(values);
    at += length;
  }

  /** The length of a text or of bytes, all of which are there. */
  int length() throws Fault {
    long length = number();
    if (length < 0 || length > remaining()) {
      throw malformed("a length up to the end, found " + length);
    }
    return (int) length;
  }

  /** The branch of a union. */
  int branch(int branches) throws Fault {
    long branch = number();
    if (branch < 0 || branch >= branches) {
      throw malformed("a branch of a union of %d, found %d".formatted(branches, branch));
    }
    return (int) branch;
  }

  /** How many items the next block of an array or a map has; 0 at the end. */
  long items() throws Fault {
    long count = number();
    if (count < 0) {
      long unusedBytes = number();
      count = -count;
    }
    if (count < 0) {
      throw malformed("a number of items, found " + count);
    }
    return count;
  }

  void skip(int length) throws Fault {
    require(length);
    at += length;
  }

  private void require(int length) throws Fault {
    if (length > end - at) {
      throw new Fault(
          RejectionReason.MALFORMED_AVRO,
          "value: ends after %d bytes, within the record of its schema".formatted(end - start));
    }
  }

  /**
   * @param what was expected and found
   */
  Fault malformed(String what) {
    return new Fault(
        RejectionReason.MALFORMED_AVRO,
        "value: at byte %d: expected %s".formatted(at - start, what));
  }
}
