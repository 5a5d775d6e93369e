package dev.elbow.trainer.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.elbow.bundle.Lineage;
import dev.elbow.input.InvalidInputException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * Reads one CSV file, compressed by gzip or not, once from top to bottom: UTF-8 with or without a
 * byte order mark, any line ends, quoted fields as in RFC 4180; blank lines are passed over.
 */
final class CsvFileReader implements AutoCloseable {

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final Path path;
  private final MeteredInput bytes;
  private final CsvReader<CsvRecord> reader;
  private final Iterator<CsvRecord> records;
  private final List<String> names;
  private final CsvHeader header;
  private long line;
  private long rows;

  private CsvFileReader(Path path, CsvColumns columns, MeteredInput bytes) throws IOException {
    this.path = path;
    this.bytes = bytes;
    this.reader = csv(withoutByteOrderMark(FileKind.uncompressed(bytes)));
    this.records = reader.iterator();
    this.names = hasNext() ? stripped(records.next()) : List.of();
    if (names.isEmpty()) {
      throw new InvalidInputException(
          path + ": the file is empty; expected a header line with the names of the columns");
    }
    this.header = new CsvHeader(path.toString(), names, columns);
  }

  /**
   * Opens the file and reads its header.
   *
   * @throws InvalidInputException if it cannot be read, is empty or its header cannot be used
   */
  static CsvFileReader open(Path path, CsvColumns columns, MeteredInput.Meter meter) {
    try {
      MeteredInput bytes = new MeteredInput(Files.newInputStream(path), meter);
      try {
        return new CsvFileReader(path, columns, bytes);
      } catch (IOException | RuntimeException e) {
        bytes.close();
        throw e;
      }
    } catch (IOException e) {
      throw unreadable(path, 0, e);
    }
  }

  private static CsvReader<CsvRecord> csv(InputStream text) {
    return CsvReader.builder()
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .allowUnclosedQuote(false)
        .ofCsvRecord(
            new InputStreamReader(
                text,
                StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)));
  }

  private static InputStream withoutByteOrderMark(InputStream bytes) throws IOException {
    InputStream buffered = new BufferedInputStream(bytes, 1 << 16);
    buffered.mark(BYTE_ORDER_MARK.length);
    if (!Arrays.equals(buffered.readNBytes(BYTE_ORDER_MARK.length), BYTE_ORDER_MARK)) {
      buffered.reset();
    }
    return buffered;
  }

  CsvHeader header() {
    return header;
  }

  /**
   * Adds every row of the file.
   *
   * @param sensors the table's sensors, all of them columns of this file
   * @throws InvalidInputException if there is no row or one cannot be used
   */
  void copyTo(SensorTableBuilder table, List<String> sensors) {
    int[] places = header.placesOf(sensors);
    double[] values = new double[places.length];
    while (hasNext()) {
      CsvRecord row = records.next();
      line = row.getStartingLineNumber();
      requireFullWidth(row);
      for (int d = 0; d < places.length; d++) {
        values[d] = cell(row, places[d]).number();
      }
      table.add(values);
      describe(row, table);
      rows++;
    }
    if (rows == 0) {
      throw new InvalidInputException(path + ": no data rows after the header");
    }
  }

  private void describe(CsvRecord row, SensorTableBuilder table) {
    if (header.timestamp() >= 0) {
      table.at(cell(row, header.timestamp()).timestamp());
    }
    if (header.entity() >= 0) {
      table.of(cell(row, header.entity()).entity());
    }
    if (header.label() >= 0) {
      table.labelled(cell(row, header.label()).label());
    }
  }

  private void requireFullWidth(CsvRecord row) {
    if (row.getFieldCount() != header.width()) {
      throw new InvalidInputException(
          "%s:%d:%d: the row has %d fields, the header has %d"
              .formatted(
                  path,
                  line,
                  Math.min(row.getFieldCount(), header.width()) + 1,
                  row.getFieldCount(),
                  header.width()));
    }
  }

  private CsvCell cell(CsvRecord row, int place) {
    return new CsvCell(path.toString(), line, place, names.get(place), row.getField(place).strip());
  }

  private static List<String> stripped(CsvRecord row) {
    return row.getFields().stream().map(String::strip).toList();
  }

  private boolean hasNext() {
    try {
      return records.hasNext();
    } catch (CsvParseException e) {
      throw new InvalidInputException(
          "%s: not valid CSV after line %d: %s".formatted(path, line, e.getMessage()), e);
    } catch (UncheckedIOException e) {
      throw unreadable(path, line, e);
    }
  }

  private static InvalidInputException unreadable(Path path, long afterLine, Exception e) {
    Throwable cause = e instanceof UncheckedIOException ? e.getCause() : e;
    String why = "cannot be read: " + e.getMessage();
    if (cause instanceof CharacterCodingException) {
      why =
          "not UTF-8 text, %s; save it as UTF-8"
              .formatted(
                  afterLine == 0 ? "near its beginning" : "somewhere after line " + afterLine);
    } else if (cause instanceof NoSuchFileException) {
      why = "no such file";
    } else if (cause instanceof AccessDeniedException) {
      why = "may not be read: permission denied";
    }
    return new InvalidInputException(path + ": " + why, e);
  }

  /** What was read; meaningful once all rows have been copied. */
  Lineage.DataFile lineage() {
    return new Lineage.DataFile(String.valueOf(path.getFileName()), bytes.sha256(), rows);
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw unreadable(path, line, e);
    }
  }
}
