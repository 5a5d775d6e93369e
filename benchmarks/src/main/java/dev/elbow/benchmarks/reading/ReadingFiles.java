package dev.elbow.benchmarks.reading;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.SplittableRandom;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;

/** The same made-up records of ten machines as an Avro container file and as JSON lines. */
final class ReadingFiles {

  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final int ENTITIES = 10;

  /** Of a block, as Kafka Connect and others write it. */
  private static final int BLOCK_BYTES = 64_000;

  private final int sensors;
  private final Schema schema;

  /**
   * @param sensors D, floats of three decimals
   */
  ReadingFiles(int sensors) {
    this.sensors = sensors;
    this.schema = schema(sensors);
  }

  private static Schema schema(int sensors) {
    SchemaBuilder.FieldAssembler<Schema> fields =
        SchemaBuilder.record("Row")
            .fields()
            .name("timestamp")
            .type(LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG)))
            .noDefault()
            .requiredString("entity");
    for (int d = 0; d < sensors; d++) {
      fields = fields.requiredFloat("sensor_" + d);
    }
    return fields.endRecord();
  }

  void writeAvro(Path file, int rows) throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    try (DataFileWriter<GenericData.Record> writer =
        new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
      writer.setSyncInterval(BLOCK_BYTES).create(schema, file.toFile());
      GenericData.Record row = new GenericData.Record(schema);
      for (int i = 0; i < rows; i++) {
        row.put(0, START.plusSeconds(i).toEpochMilli());
        row.put(1, "machine-" + i % ENTITIES);
        for (int d = 0; d < sensors; d++) {
          row.put(2 + d, value(random));
        }
        writer.append(row);
      }
    }
  }

  void writeJson(Path file, int rows) throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    try (BufferedWriter writer = Files.newBufferedWriter(file, UTF_8)) {
      for (int i = 0; i < rows; i++) {
        writer.write(
            "{\"timestamp\":\"%s\",\"entity\":\"machine-%d\",\"values\":{"
                .formatted(START.plusSeconds(i), i % ENTITIES));
        for (int d = 0; d < sensors; d++) {
          writer.write((d == 0 ? "\"sensor_" : ",\"sensor_") + d + "\":" + value(random));
        }
        writer.write("}}\n");
      }
    }
  }

  private static float value(SplittableRandom random) {
    return (float) (random.nextInt(1_000_000) / 1000.0);
  }
}
