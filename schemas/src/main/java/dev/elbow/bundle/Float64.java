package dev.elbow.bundle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The bundle's files of numbers: float64, little-endian, nothing else. */
final class Float64 {

  private Float64() {}

  static byte[] toBytes(double[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(Double.BYTES, values.length))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.asDoubleBuffer().put(values);
    return bytes.array();
  }

  /**
   * @throws IllegalArgumentException if the bytes are not a whole number of values
   */
  static double[] fromBytes(byte[] bytes) {
    Rule.check(
        bytes.length % Double.BYTES == 0,
        "expected a multiple of %d bytes, found %d".formatted(Double.BYTES, bytes.length));
    double[] values = new double[bytes.length / Double.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(values);
    return values;
  }
}
