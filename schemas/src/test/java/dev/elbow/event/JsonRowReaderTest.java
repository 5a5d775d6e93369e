package dev.elbow.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read by the short way is what {@link ObservationReader} reads, to the last bit. */
class JsonRowReaderTest {

  private static final Instant RECORD_TIME = Instant.parse("2026-03-01T00:00:00Z");
  private static final List<String> SENSORS =
      List.of("flow", "pressure", "flow \"main\"", "kühl", "values", "timestamp", "a\\b");

  private static final ObservationFormat AVRO = new ObservationAvro(WriterSchemas.published());

  private final SensorColumns columns = SensorColumns.of(SENSORS);
  private final RowReader reader = ObservationJson.FORMAT.rows(columns);
  private final JsonScan scan = new JsonScan(new RowDraft(columns, new SensorNames(columns)));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"timestamp\":\"2026-11-22T03:00:00Z\",\"values\":{\"flow\":32,\"pressure\":0.38}}",
        "{\"flow\":1.5e-7,\"pressure\":null,\"label\":1,\"timestamp\":\"2026-11-22 03:00:00.25\"}",
        " {\n\t\"flow\" : 1 ,\r\"x\" : -0.0 } ",
        "{\"site\":\"hall 3\",\"ok\":true,\"values\":{\"kühl\":1,\"made-up\":2},\"z\":null}",
        "{\"values\":{}}",
        "{}",
        "{\"timestamp\":1772352930250,\"flow\":0.7275636800328681}",
        "{\"timestamp\":1772352930.25,\"flow\":123456789012345678901234567890}",
        "{\"entity\":\"pump-7\",\"flow\":-0}",
      })
  void takesTheUsualShapeByTheShortWay(String json) {
    byte[] value = json.getBytes(UTF_8);

    assertThat(scan.read(value, Optional.empty(), RECORD_TIME)).isPresent();
    assertSame(value, Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"flow\":1e999}",
        "{\"flow\":NaN}",
        "{\"flow\":1,\"flow\":2}",
        "{\"flow\":1,\"values\":{\"flow\":1},\"flow\":2}",
        "{\"values\":{\"flow\":1,\"flow\":2}}",
        "{\"values\":{\"flow\":1},\"values\":{}}",
        "{\"flow\":01}",
        "{\"flow\":1.}",
        "{\"flow\":.5}",
        "{\"flow\":+1}",
        "{\"flow\":1e}",
        "{\"flow\":-}",
        "{\"flow\":1}x",
        "{\"flow\":1},",
        "{\"flow\":1,}",
        "{\"flow\" 1}",
        "{\"flow\":1",
        "{\"flow\":\"1\"}",
        "{\"fl\\u006fw\":1}",
        "{\"flow \"main\"\":1}",
        "{\"a\\b\":1}",
        "{\"values\":null}",
        "{\"values\":{\"flow\":[1]}}",
        "{\"values\":{\"flow\":{\"flow\":1}}}",
        "{\"more\":[1,{\"flow\":1}],\"values\":{\"flow\":1}}",
        "{\"timestamp\":\"2026-02-30T00:00:00Z\",\"flow\":1}",
        "{\"timestamp\":\"2024-02-29T00:00:00Z\",\"flow\":1}",
        "{\"timestamp\":\"2026-02-03T00:00:00+01:00\",\"flow\":1}",
        "{\"timestamp\":true,\"flow\":1}",
        "{\"entity\":7,\"flow\":1}",
        "{\"entity\":\"\",\"flow\":1}",
        "nullx",
        "",
        "{\"flow\":1\u0000}",
        "{\"fl\u0007ow\":1}",
        "\uFEFF{\"flow\":1}",
      })
  void readsTheUnusualAsItAlwaysWas(String json) {
    assertSame(json.getBytes(UTF_8), Optional.empty());
    assertSame(json.getBytes(UTF_8), Optional.of("pump-7"));
  }

  @Test
  void readsEveryDocumentMadeUpAsItAlwaysWas() {
    SplittableRandom random = new SplittableRandom(1);
    JsonDocuments documents = new JsonDocuments(random);
    int shortWay = 0;
    int valid = 0;

    for (int i = 0; i < 30_000; i++) {
      byte[] value = documents.next();
      Optional<String> entity = random.nextBoolean() ? Optional.of("pump-7") : Optional.empty();
      valid += assertSame(value, entity) instanceof ObservationRow ? 1 : 0;
      shortWay += scan.read(value, entity, RECORD_TIME).isPresent() ? 1 : 0;
    }

    assertThat(valid).isBetween(7_500, 25_000);
    assertThat(shortWay).isBetween(3_000, valid);
  }

  @Test
  void roundsEveryNumberAsJacksonDoes() {
    SplittableRandom random = new SplittableRandom(2);

    for (int i = 0; i < 50_000; i++) {
      String number = JsonDocuments.number(random);
      assertSame(("{\"flow\":" + number + "}").getBytes(UTF_8), Optional.empty());
    }
  }

  /** More names than are kept: 4 MiB of them. */
  @Test
  void readsOnHoweverManyNamesAreMadeUp() {
    String longName = "n".repeat(1000);
    RowReader avro = AVRO.rows(columns);

    for (int i = 0; i < 5_000; i++) {
      Observation observation =
          new Observation(
              "pump-7", RECORD_TIME, Map.of("flow", (double) i, longName + i, 1.0, "kühl", 2.0));
      for (DecodedRow read :
          List.of(
              reader.read(null, ObservationJson.encodeValue(observation), RECORD_TIME),
              avro.read(null, AVRO.encodeValue(observation), RECORD_TIME))) {
        ObservationRow row = (ObservationRow) read;
        assertThat(row.values()[0]).isEqualTo(i);
        assertThat(row.observed()).isEqualTo(2);
        assertThat(row.extra()).isEqualTo(1);
      }
    }
  }

  private DecodedRow assertSame(byte[] value, Optional<String> entity) {
    byte[] key = entity.map(name -> name.getBytes(UTF_8)).orElse(new byte[0]);
    Decoded decoded = ObservationJson.decode(key, value, RECORD_TIME);

    DecodedRow found = reader.read(key, value, RECORD_TIME);

    if (decoded instanceof Decoded.Valid expected && found instanceof ObservationRow row) {
      ObservationRow reference = RowDraft.rowOf(expected.observation(), columns);
      boolean same =
          row.entity().equals(reference.entity())
              && row.timestamp().equals(reference.timestamp())
              && Arrays.equals(row.values(), reference.values())
              && row.observed() == reference.observed()
              && row.extra() == reference.extra();
      assertThat(same).as(new String(value, UTF_8)).isTrue();
    } else {
      assertThat(found).as(new String(value, UTF_8)).isEqualTo(decoded);
    }
    return found;
  }
}
