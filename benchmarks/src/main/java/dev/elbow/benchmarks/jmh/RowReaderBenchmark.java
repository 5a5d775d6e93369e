package dev.elbow.benchmarks.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.elbow.benchmarks.reading.JsonRecord;
import dev.elbow.event.DecodedRow;
import dev.elbow.event.Observation;
import dev.elbow.event.ObservationAvro;
import dev.elbow.event.ObservationFormat;
import dev.elbow.event.ObservationJson;
import dev.elbow.event.RowReader;
import dev.elbow.event.SensorColumns;
import dev.elbow.event.WriterSchemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A record's bytes to the model's row, beside what Jackson's data binding takes for the same JSON.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class RowReaderBenchmark {

  private static final Instant TIME = Instant.parse("2026-11-22T03:00:00Z");

  /** Records in turn, so that no branch is learnt by heart. */
  private static final int RECORDS = 256;

  private static final ObjectReader DATA_BINDING = new ObjectMapper().readerFor(JsonRecord.class);

  @Param({"38"})
  private int sensors;

  /** Four decimals, as sensors have them, or all of a double's digits. */
  @Param({"4", "17"})
  private int digits;

  private final byte[] key = "pump-1".getBytes(UTF_8);
  private final byte[][] json = new byte[RECORDS][];
  private final byte[][] avroMap = new byte[RECORDS][];
  private final byte[][] avroFields = new byte[RECORDS][];
  private RowReader jsonReader = (ownKey, value, time) -> unset();
  private RowReader avroMapReader = jsonReader;
  private RowReader avroFieldsReader = jsonReader;
  private int next;

  private static DecodedRow unset() {
    throw new IllegalStateException("not set up");
  }

  /** The same records in both formats. */
  @Setup(Level.Trial)
  public void encode() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    List<String> names = IntStream.range(0, sensors).mapToObj(d -> "sensor_" + d).toList();
    ObservationFormat map = new ObservationAvro(WriterSchemas.published());
    ObservationFormat fields = new ObservationAvro(schemaOf(names));
    for (int i = 0; i < RECORDS; i++) {
      Map<String, Double> values = new LinkedHashMap<>();
      for (String name : names) {
        double value = random.nextDouble(0, 1000);
        values.put(name, digits == 4 ? Math.rint(value * 1e4) / 1e4 : value);
      }
      Observation observation = new Observation("pump-1", TIME.plusSeconds(i), values);
      json[i] = ObservationJson.encodeValue(observation);
      avroMap[i] = map.encodeValue(observation);
      avroFields[i] = fields.encodeValue(observation);
    }
    jsonReader = ObservationJson.FORMAT.rows(SensorColumns.of(names));
    avroMapReader = map.rows(SensorColumns.of(names));
    avroFieldsReader = fields.rows(SensorColumns.of(names));
  }

  /** A field per sensor, floats. */
  private static WriterSchemas schemaOf(List<String> sensors) throws IOException {
    Path file = Files.createTempFile("elbow-", ".avsc");
    String fields =
        sensors.stream()
            .map(",{\"name\":\"%s\",\"type\":\"float\"}"::formatted)
            .collect(Collectors.joining());
    Files.writeString(
        file,
        """
        {"type":"record","name":"Row","fields":[
          {"name":"timestamp","type":{"type":"long","logicalType":"timestamp-millis"}}%s]}
        """
            .formatted(fields));
    WriterSchemas schemas = WriterSchemas.read(file.toString());
    Files.delete(file);
    return schemas;
  }

  private int next() {
    next = (next + 1) % RECORDS;
    return next;
  }

  /** JSON to an object with a map: the baseline, before anything is looked up in the map. */
  @Benchmark
  public JsonRecord jsonByDataBinding() throws IOException {
    return DATA_BINDING.readValue(json[next()]);
  }

  /** JSON to the row. */
  @Benchmark
  public DecodedRow json() {
    return jsonReader.read(key, json[next()], TIME);
  }

  /** Avro of the published schema, whose sensors are a map, to the row. */
  @Benchmark
  public DecodedRow avroMap() {
    return avroMapReader.read(key, avroMap[next()], TIME);
  }

  /** Avro of a schema with a field per sensor to the row. */
  @Benchmark
  public DecodedRow avroFields() {
    return avroFieldsReader.read(key, avroFields[next()], TIME);
  }
}
