package dev.elbow.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbow.input.InvalidInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObservationAvroTest {

  private static final Instant RECORD_TIME = Instant.parse("2026-03-01T00:00:00Z");
  private static final List<String> SENSORS = List.of("flow", "pressure");
  private static final String FLAT =
      """
      {"type":"record","name":"Pump","fields":[
        {"name":"timestamp","type":{"type":"long","logicalType":"timestamp-millis"}},
        {"name":"entity","type":"string"},
        {"name":"pressure","type":["null","double"]},
        {"name":"label","type":{"type":"array","items":"string"}},
        {"name":"flow","type":"float"},
        {"name":"starts","type":["null","int","long","string"]}]}
      """;

  private final Path directory;

  ObservationAvroTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void encodesObservationAsInGoldenFileAndReadsItBack() {
    byte[] value = new ObservationAvro(WriterSchemas.published()).encodeValue(Events.observation());

    // timestamp: branch 1, 1772352930250000 µs; entity: branch 1, 6 bytes; values: 3 items
    assertThat(HexFormat.of().formatHex(value))
        .isEqualTo(
            "02a0f497adc2fca506"
                + "020c70756d702d37"
                + "06"
                + "1070726573737572650252b81e85eb51d83f"
                + "16666c6f7720226d61696e220276830df4f52184be"
                + "1674656d7065726174757265020000000000003540"
                + "00");
    ObservationRow row =
        valid(new ObservationAvro(WriterSchemas.published()), List.of("pressure"), null, value);
    assertThat(row.entity()).isEqualTo("pump-7");
    assertThat(row.timestamp()).isEqualTo(Events.TIME);
    assertThat(row.values()).containsExactly(0.38);
    assertThat(row.extra()).isEqualTo(2);
  }

  @Test
  void readsSensorsAsTopLevelFields() {
    byte[] value =
        written(
            FLAT,
            Map.of(
                "timestamp",
                1772352930250L,
                "entity",
                "pump-7",
                "pressure",
                0.38,
                "label",
                List.of("a", "bc"),
                "flow",
                32.1f,
                "starts",
                7));

    ObservationRow row = valid(format(FLAT), SENSORS, null, value);

    assertThat(row.entity()).isEqualTo("pump-7");
    assertThat(row.timestamp()).isEqualTo(Instant.ofEpochMilli(1772352930250L));
    assertThat(row.values()).containsExactly(32.1f, 0.38);
    assertThat(row.observed()).isEqualTo(2);
    assertThat(row.extra()).isEqualTo(1);
    assertThat(valid(format(FLAT), SENSORS, "pump-8", value).entity()).isEqualTo("pump-8");
  }

  @Test
  void takesNullAsMissing() {
    ObservationRow row = valid(format(FLAT), SENSORS, null, flat(null, 1f, null));

    assertThat(row.values()).containsExactly(1, Double.NaN);
    assertThat(row.missing()).isEqualTo(1);
    assertThat(row.extra()).isEqualTo(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"type\":\"long\",\"logicalType\":\"timestamp-millis\"} | 1772352930250 | 250000000",
        "{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"} | 1772352930250001 | 250001000",
        "{\"type\":\"long\",\"logicalType\":\"timestamp-nanos\"} | 1772352930250001002 | 250001002",
        "\"long\" | 1772352930250 | 250000000",
        "\"long\" | 1772352930 | 0",
      })
  void readsTimesAsTheirLogicalTypeSays(String type, long time, int nanos) {
    String schema =
        """
        {"type":"record","name":"T","fields":[{"name":"timestamp","type":%s},
          {"name":"flow","type":"double"}]}
        """
            .formatted(type);

    ObservationRow row =
        valid(
            format(schema), SENSORS, null, written(schema, Map.of("timestamp", time, "flow", 1.0)));

    assertThat(row.timestamp()).isEqualTo(Instant.ofEpochSecond(1772352930, nanos));
  }

  @Test
  void readsTextTimesAsJsonDoesAndNestedRecordsOfSensors() {
    String schema =
        """
        {"type":"record","name":"T","fields":[
          {"name":"timestamp","type":["null","string"]},
          {"name":"site","type":{"type":"map","values":{"type":"array","items":"null"}}},
          {"name":"values","type":{"type":"record","name":"V","fields":[
            {"name":"pressure","type":"long"},{"name":"flow","type":["double","null"]}]}}]}
        """;
    Schema parsed = new Schema.Parser().parse(schema);
    Object values =
        new GenericRecordBuilder(parsed.getField("values").schema())
            .set("pressure", 3L)
            .set("flow", 2.5)
            .build();
    byte[] value =
        written(
            schema,
            Map.of(
                "timestamp",
                "2026-03-01 08:00:00",
                "site",
                Map.of("hall", Arrays.asList(null, null)),
                "values",
                values));

    ObservationRow row = valid(format(schema), SENSORS, null, value);

    assertThat(row.values()).containsExactly(2.5, 3);
    assertThat(row.timestamp()).isEqualTo(Instant.parse("2026-03-01T08:00:00Z"));
  }

  @Test
  void readsConfluentWireFormatById() throws IOException {
    String other =
        "{\"type\":\"record\",\"name\":\"P\",\"fields\":[{\"name\":\"flow\",\"type\":\"int\"}]}";
    ObservationAvro format =
        new ObservationAvro(
            WriterSchemas.read("258=" + file("flat", FLAT) + ",7=" + file("other", other)));
    byte[] first = framed(0, 258, flat(0.5, 2f, null));
    byte[] second = framed(0, 7, written(other, Map.of("flow", 3)));

    assertThat(valid(format, SENSORS, null, first).values()).containsExactly(2, 0.5);
    assertThat(valid(format, SENSORS, null, second).values()).containsExactly(3, Double.NaN);
    assertThat(invalid(format, framed(0, 8, second)))
        .isEqualTo(
            new Decoded.Invalid(
                RejectionReason.UNKNOWN_SCHEMA,
                "value: expected a schema of id [7, 258], found 8"));
    assertThat(invalid(format, framed(1, 7, second)).reason())
        .isEqualTo(RejectionReason.MALFORMED_AVRO);
    assertThat(invalid(format, new byte[] {0, 0, 0}).reason())
        .isEqualTo(RejectionReason.MALFORMED_AVRO);
  }

  @Test
  void writesTheFrameItReads() throws IOException {
    ObservationAvro format =
        new ObservationAvro(WriterSchemas.read("258=" + file("schema", flatWithout("label"))));
    Observation observation = new Observation("pump-7", RECORD_TIME, Map.of("flow", 1.5));

    byte[] value = format.encodeValue(observation);

    assertThat(value).startsWith(0, 0, 0, 1, 2);
    assertThat(valid(format, SENSORS, null, value).values()).containsExactly(1.5, Double.NaN);
    assertThatThrownBy(
            () ->
                format.encodeValue(
                    new Observation("pump-7", RECORD_TIME, Map.of("flow", 1.0, "heat", 2.0))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageEndingWith("no place for sensor heat");
  }

  private static String flatWithout(String name) {
    return FLAT.lines()
        .filter(line -> !line.contains('"' + name + '"'))
        .reduce("", (text, line) -> text + line);
  }

  @Test
  void saysWhatIsWrong() {
    byte[] good = flat(0.5, 2f, null);
    ObservationAvro format = format(FLAT);

    assertThat(read(format, SENSORS, null, null))
        .isEqualTo(new Decoded.Invalid(RejectionReason.TOMBSTONE, "the record has no value"));
    assertThat(invalid(format, Arrays.copyOf(good, good.length - 3)))
        .isEqualTo(
            new Decoded.Invalid(
                RejectionReason.MALFORMED_AVRO,
                "value: ends after %d bytes, within the record of its schema"
                    .formatted(good.length - 3)));
    assertThat(invalid(format, Arrays.copyOf(good, good.length + 2)).detail())
        .isEqualTo(
            "value: at byte %d: expected the end of the record, found 2 more bytes"
                .formatted(good.length));
    assertThat(invalid(format, flat(Double.NaN, 1f, null)))
        .isEqualTo(
            new Decoded.Invalid(
                RejectionReason.NOT_FINITE,
                "sensor \"pressure\": expected a finite number, found NaN, infinity or one beyond a"
                    + " double"));
    assertThat(invalid(format, flat(1.0, Float.NEGATIVE_INFINITY, null)).reason())
        .isEqualTo(RejectionReason.NOT_FINITE);
    assertThat(invalid(format, flat(1.0, 1f, "many")))
        .isEqualTo(
            new Decoded.Invalid(
                RejectionReason.WRONG_TYPE,
                "sensor \"starts\": expected a number or null, found a value of type string"));
    assertThat(invalid(format, written(FLAT, flatFields(Long.MAX_VALUE, 1.0, 1f, null))).reason())
        .isEqualTo(RejectionReason.BAD_TIMESTAMP);
  }

  @Test
  void refusesSensorGivenTwiceAndNamesThatAreNoText() {
    ObservationAvro format = new ObservationAvro(WriterSchemas.published());
    String item = "08666c6f7702000000000000f03f"; // "flow", branch 1, 1.0

    assertThat(invalid(format, HexFormat.of().parseHex("000004" + item + item + "00")).detail())
        .contains("expected each sensor once, found \"flow\" again");
    assertThat(
            invalid(format, HexFormat.of().parseHex("0000" + "02" + "02ff" + "00" + "00")).detail())
        .isEqualTo("a sensor's name: not valid UTF-8");
    assertThat(valid(format, SENSORS, null, HexFormat.of().parseHex("0000" + "011c" + item + "00")))
        .satisfies(row -> assertThat(row.values()).containsExactly(1, Double.NaN));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"double\"",
        "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"site\",\"type\":\"string\"}]}",
        "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"timestamp\",\"type\":\"bytes\"}]}",
        "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"entity\",\"type\":\"int\"}]}",
        "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"values\",\"type\":\"string\"}]}",
        "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"values\",\"type\":{\"type\":\"map\",\"values\":\"string\"}}]}",
      })
  void refusesSchemaThatNoObservationCanHave(String schema) throws IOException {
    String file = file("schema", schema);

    assertThatThrownBy(() -> WriterSchemas.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("schema " + file + ": ")
        .hasMessageContaining("expected")
        .hasMessageContaining("found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x=a.avsc", "7=nowhere.avsc", "nowhere.avsc", "1=a.avsc,b.avsc"})
  void saysWhatIsWrongWithTheSetting(String setting) {
    assertThatThrownBy(() -> WriterSchemas.read(setting))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected");
  }

  @Test
  void hasAnOutcomeForEveryMutation() {
    byte[] map = new ObservationAvro(WriterSchemas.published()).encodeValue(Events.observation());
    RowReader maps = new ObservationAvro(WriterSchemas.published()).rows(SensorColumns.of(SENSORS));
    byte[] flat = flat(0.5, 2f, "7");
    RowReader flats = format(FLAT).rows(SensorColumns.of(SENSORS));
    SplittableRandom random = new SplittableRandom(42);

    for (int i = 0; i < 50_000; i++) {
      assertThat(maps.read(null, mutated(map, random), RECORD_TIME)).isNotNull();
      assertThat(flats.read(null, mutated(flat, random), RECORD_TIME)).isNotNull();
    }
    assertThat(maps.read(null, map, RECORD_TIME)).isInstanceOf(ObservationRow.class);
  }

  private static byte[] mutated(byte[] original, SplittableRandom random) {
    byte[] mutated = Arrays.copyOf(original, original.length - random.nextInt(3));
    mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
    mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
    return mutated;
  }

  private static byte[] flat(@Nullable Double pressure, float flow, @Nullable Object starts) {
    return written(FLAT, flatFields(0, pressure, flow, starts));
  }

  private static Map<String, @Nullable Object> flatFields(
      long time, @Nullable Double pressure, float flow, @Nullable Object starts) {
    Map<String, @Nullable Object> fields = new HashMap<>();
    fields.put("timestamp", time);
    fields.put("entity", "pump-7");
    fields.put("pressure", pressure);
    fields.put("label", List.of());
    fields.put("flow", flow);
    fields.put("starts", starts);
    return fields;
  }

  /** By Avro's own writer. */
  private static byte[] written(String schema, Map<String, ? extends @Nullable Object> fields) {
    Schema parsed = new Schema.Parser().parse(schema);
    GenericRecordBuilder record = new GenericRecordBuilder(parsed);
    fields.forEach(record::set);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    try {
      new GenericDatumWriter<>(parsed).write(record.build(), encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] framed(int magic, int id, byte[] body) {
    byte[] framed = new byte[5 + body.length];
    framed[0] = (byte) magic;
    framed[3] = (byte) (id >> 8);
    framed[4] = (byte) id;
    System.arraycopy(body, 0, framed, 5, body.length);
    return framed;
  }

  private String file(String name, String schema) throws IOException {
    return Files.writeString(directory.resolve(name + ".avsc"), schema).toString();
  }

  private ObservationAvro format(String schema) {
    try {
      return new ObservationAvro(WriterSchemas.read(file("schema", schema)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DecodedRow read(
      ObservationFormat format,
      List<String> sensors,
      @Nullable String key,
      byte @Nullable [] value) {
    return format
        .rows(SensorColumns.of(sensors))
        .read(key == null ? null : key.getBytes(UTF_8), value, RECORD_TIME);
  }

  private static ObservationRow valid(
      ObservationFormat format, List<String> sensors, @Nullable String key, byte[] value) {
    DecodedRow row = read(format, sensors, key, value);
    assertThat(row).isInstanceOf(ObservationRow.class);
    return (ObservationRow) row;
  }

  private static Decoded.Invalid invalid(ObservationFormat format, byte[] value) {
    DecodedRow row = read(format, SENSORS, null, value);
    assertThat(row).isInstanceOf(Decoded.Invalid.class);
    return (Decoded.Invalid) row;
  }
}
