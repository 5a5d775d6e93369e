package dev.elbow.event;

import dev.elbow.input.InvalidInputException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;

/**
 * The observations of an Avro container file, which brings its schema along, from first to last. It
 * has no keys, so the entity is that of the records themselves.
 *
 * <p>Source: Apache Avro 1.12.0 specification, "Object Container Files".
 */
public final class AvroArchive {

  private static final String WITHOUT =
      "the codecs bzip2 and xz are not read; write the file again with deflate, snappy, zstandard or"
          + " none";

  private final String name;
  private final AvroSync bytes;
  private final DataFileStream<Object> file;
  private final Schema schema;
  private final AvroPlan plan;
  private final AvroRecord record;
  private final AvroCursor cursor = new AvroCursor();

  /** Records of the block in hand that are still to be read. */
  private long left;

  private long read;

  private AvroArchive(String name, AvroSync bytes, SensorColumns columns) throws IOException {
    SensorNames names = new SensorNames(columns);
    this.name = name;
    this.bytes = bytes;
    this.file = new DataFileStream<>(bytes, new GenericDatumReader<>());
    this.schema = file.getSchema();
    this.plan = new AvroPlan(name, schema, names);
    this.record = new AvroRecord(new RowDraft(columns, names));
  }

  /**
   * Reads the file's header.
   *
   * @param name of the file, for messages
   * @param bytes not closed by this
   * @param columns if they grow, they grow with what is read
   * @throws InvalidInputException if it is no Avro container file, or of a schema that no
   *     observation can have
   */
  public static AvroArchive open(String name, InputStream bytes, SensorColumns columns) {
    try {
      return new AvroArchive(name, AvroSync.of(bytes), columns);
    } catch (IOException | AvroRuntimeException e) {
      throw unreadable(name, 0, e);
    } catch (NoClassDefFoundError e) {
      throw new InvalidInputException(name + ": " + WITHOUT, e);
    }
  }

  /**
   * Whether there is another record.
   *
   * @throws InvalidInputException if the file is damaged
   */
  public boolean hasNext() {
    try {
      while (left == 0 && file.hasNext()) {
        ByteBuffer block = file.nextBlock();
        int from = block.arrayOffset() + block.position();
        cursor.set(block.array(), from, from + block.remaining());
        left = file.getBlockCount();
      }
      if (left == 0 && !bytes.isAtMarker()) {
        throw new EOFException("it ends within a block");
      }
      return left > 0;
    } catch (IOException | AvroRuntimeException e) {
      throw unreadable(name, read, e);
    } catch (NoClassDefFoundError e) {
      throw new InvalidInputException(name + ": " + WITHOUT, e);
    }
  }

  /**
   * The next record. Where none is given, its time is {@link RowReader#NO_TIME}.
   *
   * @throws InvalidInputException if the file is damaged
   * @throws NoSuchElementException if there is none
   */
  public DecodedRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    left--;
    read++;
    int from = cursor.at();
    try {
      record.begin(Optional.empty(), RowReader.NO_TIME);
      plan.read(cursor, record);
      return record.finish();
    } catch (Fault fault) {
      passOver(from);
      return new Decoded.Invalid(fault.reason(), fault.detail());
    }
  }

  /** Where the record's values are wrong, its bytes still say where it ends. */
  private void passOver(int from) {
    try {
      cursor.moveTo(from);
      AvroSkip.skip(schema, cursor);
    } catch (Fault fault) {
      throw unreadable(name, read - 1, fault);
    }
  }

  /** How many records have been read. */
  public long read() {
    return read;
  }

  private static InvalidInputException unreadable(String name, long after, Exception e) {
    return new InvalidInputException(
        "%s: damaged after record %d, or no Avro container file: %s"
            .formatted(name, after, e.getMessage()),
        e);
  }
}
