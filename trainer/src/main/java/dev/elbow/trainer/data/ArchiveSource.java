package dev.elbow.trainer.data;

import dev.elbow.bundle.Lineage;
import dev.elbow.event.AvroArchive;
import dev.elbow.event.ObservationJson;
import dev.elbow.event.RowReader;
import dev.elbow.input.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Files of archived observations, as Kafka Connect's sinks write them: JSON, an observation a line,
 * or Avro container files.
 *
 * <p>An observation is what it is in a topic, and its machine is the one it names itself, since
 * keys are not archived. Rows are in the order of their own timestamps, then of the files and the
 * lines; without timestamps, in that of the files. Sensors are all names seen, in the order of the
 * alphabet. A record that is no observation is skipped and counted; a file that is damaged is an
 * error.
 */
final class ArchiveSource implements SensorSource {

  private final List<Path> files;
  private final FileKind kind;

  /**
   * @param kind of all of them, not CSV
   */
  ArchiveSource(List<Path> files, FileKind kind) {
    this.files = List.copyOf(files);
    this.kind = kind;
  }

  /**
   * {@inheritDoc}
   *
   * @throws InvalidInputException if a file cannot be read or is damaged, or there is no
   *     observation
   */
  @Override
  public SensorTable read(ReadProgress progress) {
    MeteredInput.Meter meter = new MeteredInput.Meter(progress, MeteredInput.totalBytes(files));
    ObservationRows rows = new ObservationRows();
    List<Lineage.DataFile> lineage = new ArrayList<>();
    for (int part = 0; part < files.size(); part++) {
      Path file = files.get(part);
      try (MeteredInput bytes = new MeteredInput(Files.newInputStream(file), meter)) {
        read(file, FileKind.uncompressed(bytes), rows, part);
        bytes.readToEnd();
        lineage.add(
            new Lineage.DataFile(
                String.valueOf(file.getFileName()),
                bytes.sha256(),
                rows.countByPart().getOrDefault(part, 0L)));
      } catch (IOException e) {
        throw FileKind.unreadable(file, e);
      }
    }
    if (rows.isEmpty()) {
      throw new InvalidInputException(
          "%s: no observation, %d records that are none%s"
              .formatted(files.get(0), rows.skipped().count(), examples(rows.skipped())));
    }
    return rows.toTable(new Lineage.ArchiveFiles(lineage));
  }

  private static String examples(SkippedRows skipped) {
    return skipped.examples().isEmpty() ? "" : ": " + String.join("; ", skipped.examples());
  }

  private void read(Path file, InputStream bytes, ObservationRows rows, int part)
      throws IOException {
    if (kind == FileKind.AVRO) {
      readAvro(file, bytes, rows, part);
    } else {
      readLines(file, bytes, rows, part);
    }
  }

  private static void readAvro(Path file, InputStream bytes, ObservationRows rows, int part) {
    AvroArchive archive = AvroArchive.open(file.toString(), bytes, rows.sensors());
    while (archive.hasNext()) {
      rows.add(archive.next(), part, () -> file + ": record " + archive.read());
    }
  }

  private static void readLines(Path file, InputStream bytes, ObservationRows rows, int part)
      throws IOException {
    RowReader reader = ObservationJson.FORMAT.rows(rows.sensors());
    Lines lines = new Lines(bytes);
    while (lines.hasNext()) {
      byte[] line = lines.next();
      if (!Lines.isBlank(line)) {
        rows.add(reader.read(null, line, RowReader.NO_TIME), part, () -> file + ":" + lines.read());
      }
    }
  }
}
