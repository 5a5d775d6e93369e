package dev.elbow.trainer.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.elbow.bundle.Lineage;
import dev.elbow.input.InvalidInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SensorFilesTest {

  private static final Schema PUMP =
      new Schema.Parser()
          .parse(
              """
              {"type":"record","name":"Pump","fields":[
                {"name":"timestamp","type":{"type":"long","logicalType":"timestamp-millis"}},
                {"name":"entity","type":["null","string"]},
                {"name":"b","type":["null","double","string"]},
                {"name":"a","type":"float"}]}
              """);
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  private final Path directory;

  SensorFilesTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "deflate", "zstandard", "snappy"})
  void readsAvroContainersInTheOrderOfTime(String codec) throws IOException {
    Path late = avro("late.avro", codec, pump(2, "pump-1", 20.5, 2f), pump(3, "pump-1", null, 3f));
    Path early =
        avro("early.avro", codec, pump(1, "pump-2", 10.25, 1f), pump(2, "pump-2", 7.0, 9f));

    SensorTable table = source(late, early).read();

    assertThat(table.sensors()).containsExactly("a", "b");
    assertThat(table.count()).isEqualTo(4);
    assertThat(table.row(0)).containsExactly(1, 10.25);
    assertThat(table.row(1)).containsExactly(2, 20.5);
    assertThat(table.row(2)).containsExactly(9, 7);
    assertThat(table.row(3)).containsExactly(3, Double.NaN);
    assertThat(table.timestamp(3)).contains(START.plusSeconds(3));
    assertThat(table.entity(0)).isEqualTo("pump-2");
    assertThat(table.series()).containsExactly(new int[] {0, 2}, new int[] {1, 3});
    assertThat(((Lineage.ArchiveFiles) table.source()).files())
        .extracting(Lineage.DataFile::name, Lineage.DataFile::rows)
        .containsExactly(tuple("late.avro", 2L), tuple("early.avro", 2L));
  }

  @Test
  void skipsAvroRecordsThatAreNoObservationsAndGoesOn() throws IOException {
    Path file =
        avro(
            "spoilt.avro",
            "null",
            pump(1, "p", 1.0, 1f),
            pump(2, "p", "x", 2f),
            pump(3, "p", 3.0, 3f));

    SensorTable table = source(file).read();

    assertThat(table.count()).isEqualTo(2);
    assertThat(table.row(1)).containsExactly(3, 3);
    assertThat(table.skipped().byReason()).containsOnlyKeys("wrong-type");
    assertThat(table.skipped().examples().get(0))
        .startsWith(file + ": record 2: wrong-type: sensor \"b\"");
  }

  @Test
  void saysWhereAnAvroFileIsDamaged() throws IOException {
    Path file = avro("cut.avro", "null", pump(1, "p", 1.0, 1f), pump(2, "p", 2.0, 2f));
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 20));

    assertThatThrownBy(() -> source(file).read())
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            file + ": damaged after record 0, or no Avro container file: it ends within a block");
  }

  /** A file as the specification has it, for its own writer would need the codec. */
  @Test
  void saysWhichCodecsAreNotRead() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    byte[] marker = new byte[16];
    encoder.writeFixed(new byte[] {'O', 'b', 'j', 1});
    encoder.writeMapStart();
    encoder.setItemCount(2);
    encoder.writeString("avro.schema");
    encoder.writeBytes(PUMP.toString().getBytes(UTF_8));
    encoder.writeString("avro.codec");
    encoder.writeBytes("bzip2".getBytes(UTF_8));
    encoder.writeMapEnd();
    encoder.writeFixed(marker);
    encoder.writeLong(1);
    encoder.writeBytes(new byte[] {'B', 'Z', 'h', '9'});
    encoder.writeFixed(marker);
    Path file = Files.write(directory.resolve("bzip2.avro"), bytes.toByteArray());

    assertThatThrownBy(() -> source(file).read())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(
            file + ": the codecs bzip2 and xz are not read; write the file again");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void readsJsonLines(boolean compressed) throws IOException {
    Path file =
        file(
            "rows.json",
            compressed,
            """
            {"timestamp":"2026-03-01T00:00:02Z","entity":"pump-1","values":{"b":0.1,"a":1}}

            {"timestamp":"2026-03-01T00:00:01Z","entity":"pump-1","values":{"a":2,"c":null}}
            {"timestamp":"2026-03-01T00:00:03Z","values":{"a":
            {"timestamp":"2026-03-01T00:00:03Z","c":3}\
            """);

    SensorTable table = source(file).read();

    assertThat(table.sensors()).containsExactly("a", "b", "c");
    assertThat(table.row(0)).containsExactly(2, Double.NaN, Double.NaN);
    assertThat(table.row(1)).containsExactly(1, 0.1, Double.NaN);
    assertThat(table.row(2)).containsExactly(Double.NaN, Double.NaN, 3);
    assertThat(table.entities()).containsExactly("pump-1", "default");
    assertThat(table.skipped().byReason()).containsOnlyKeys("malformed-json");
    assertThat(table.skipped().examples().get(0)).startsWith(file + ":4: malformed-json");
  }

  @Test
  void readsJsonLinesWithoutTimesInTheOrderOfTheFile() throws IOException {
    SensorTable table = source(file("rows", false, "{\"a\":2}\n{\"a\":1}\n")).read();

    assertThat(table.hasTimestamps()).isFalse();
    assertThat(table.hasEntities()).isFalse();
    assertThat(table.row(0)).containsExactly(2);
  }

  @Test
  void wantsTimesOfAllRowsOrOfNone() throws IOException {
    Path file = file("rows", false, "{\"a\":2}\n{\"timestamp\":1772352930,\"a\":1}\n");

    assertThatThrownBy(() -> source(file).read())
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            file
                + ":2: a row with a timestamp after rows without; expected all or none to have one");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void readsCsvWithItsColumns(boolean compressed) throws IOException {
    Path file = file("rows.csv", compressed, "machine,a\npump,1.5\n");

    SensorTable table =
        new SensorFiles(List.of(file), Optional.of(CsvColumns.defaults().withEntity("machine")))
            .read();

    assertThat(table.row(0)).containsExactly(1.5);
    assertThat(table.entity(0)).isEqualTo("pump");
  }

  @Test
  void refusesWhatItCannotRead() throws IOException {
    Path csv = file("rows.csv", false, "a\n1\n");
    Path json = file("rows.json", false, "{\"a\":1}");
    Path parquet = file("rows.parquet", false, "PAR1....");
    Path list = file("list.json", false, "{}\n[1]\n");

    assertThatThrownBy(() -> source(csv, json).read())
        .hasMessage(
            "expected files of one kind, found %s of CSV, %s of JSON lines".formatted(csv, json));
    assertThatThrownBy(() -> source(parquet).read())
        .hasMessageStartingWith(parquet + ": a file of Parquet; expected CSV, JSON lines");
    assertThatThrownBy(() -> source(directory.resolve("none")).read())
        .hasMessageEndingWith("none: no such file");
    assertThatThrownBy(
            () -> new SensorFiles(List.of(json), Optional.of(CsvColumns.defaults())).read())
        .hasMessageStartingWith("--label, --entity and --ignore go with CSV; found " + json);
    assertThatThrownBy(() -> source(list).read())
        .hasMessageStartingWith(list + ": no observation, 2 records that are none: ");
  }

  private static SensorFiles source(Path... files) {
    return new SensorFiles(List.of(files), Optional.empty());
  }

  private Path file(String name, boolean compressed, String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (compressed) {
      try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
        gzip.write(text.getBytes(UTF_8));
      }
    } else {
      bytes.writeBytes(text.getBytes(UTF_8));
    }
    return Files.write(directory.resolve(name), bytes.toByteArray());
  }

  /** By Avro's own writer, a block for two records. */
  private Path avro(String name, String codec, GenericRecord... records) throws IOException {
    Path file = directory.resolve(name);
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<>(PUMP))) {
      writer.setCodec(CodecFactory.fromString(codec));
      writer.create(PUMP, file.toFile());
      for (int k = 0; k < records.length; k++) {
        writer.append(records[k]);
        if (k % 2 == 1) {
          long unused = writer.sync();
        }
      }
    }
    return file;
  }

  private static GenericRecord pump(int second, String entity, @Nullable Object b, float a) {
    return new GenericRecordBuilder(PUMP)
        .set("timestamp", START.plusSeconds(second).toEpochMilli())
        .set("entity", entity)
        .set("b", b)
        .set("a", a)
        .build();
  }
}
