package dev.elbow.benchmarks.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Avro's binary encoding piece by piece, right or wrong: a writer of Avro's own writes no wrong
 * lengths.
 */
final class AvroBytes {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** The frame of the Confluent wire format. */
  static AvroBytes framed(int magic, int schemaId) {
    AvroBytes framed = new AvroBytes();
    framed.bytes.write(magic);
    framed.bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(schemaId).array());
    return framed;
  }

  /** An int, a long, a length, a count or a branch. */
  AvroBytes number(long value) {
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7FL) != 0) {
      bytes.write((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    bytes.write((int) rest);
    return this;
  }

  AvroBytes float64(double value) {
    ByteBuffer eight = ByteBuffer.allocate(Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    return raw(eight.putDouble(value).array());
  }

  AvroBytes text(String text) {
    byte[] utf8 = text.getBytes(UTF_8);
    return number(utf8.length).raw(utf8);
  }

  AvroBytes raw(byte[] some) {
    bytes.writeBytes(some);
    return this;
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }
}
