package dev.elbow.event;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObservationJsonTest {

  private static final Instant RECORD_TIME = Instant.parse("2026-03-01T00:00:00Z");

  @Test
  void readsBackWhatItWrites() {
    Observation observation = Events.observation();

    Decoded decoded =
        ObservationJson.decode(
            ObservationJson.encodeKey(observation),
            ObservationJson.encodeValue(observation),
            RECORD_TIME);

    assertThat(decoded).isEqualTo(new Decoded.Valid(observation));
  }

  @Test
  void readsSensorsAsTopLevelFields() {
    Observation observation =
        valid(
            null,
            "{\"timestamp\":\"2026-03-01 08:00:00\",\"entity\":\"pump-7\",\"label\":1,"
                + "\"pressure\":0.38,\"flow\":32}");

    assertThat(observation)
        .isEqualTo(
            new Observation(
                "pump-7",
                Instant.parse("2026-03-01T08:00:00Z"),
                Map.of("pressure", 0.38, "flow", 32.0)));
  }

  @Test
  void looksAtNoOtherFieldWhereValuesAreGiven() {
    Observation observation =
        valid(null, "{\"site\":{\"hall\":[1,{}]},\"values\":{\"flow\":32},\"quality\":\"good\"}");

    assertThat(observation.values()).isEqualTo(Map.of("flow", 32.0));
  }

  /** In UTF-8 all of them are the same question mark, and so would be what is known of them. */
  @ParameterizedTest
  @ValueSource(strings = {"\\ud800", "pump-\\udc00", "\\udc00\\ud800"})
  void rejectsEntityThatUtf8CannotWrite(String escaped) {
    Decoded decoded =
        ObservationJson.decode(
            null,
            "{\"entity\":\"%s\",\"flow\":32}".formatted(escaped).getBytes(UTF_8),
            RECORD_TIME);

    assertThat(decoded)
        .isInstanceOfSatisfying(
            Decoded.Invalid.class,
            invalid -> {
              assertThat(invalid.reason()).isEqualTo(RejectionReason.BAD_ENTITY);
              assertThat(invalid.detail()).contains("half of a surrogate pair");
            });
  }

  @Test
  void takesNullAsMissing() {
    assertThat(valid(null, "{\"values\":{\"flow\":null,\"pressure\":1}}").values())
        .isEqualTo(Map.of("pressure", 1.0));
    assertThat(valid(null, "{\"flow\":null}").values()).isEmpty();
  }

  @Test
  void prefersTheKeyToTheEntityField() {
    assertThat(valid("pump-7", "{\"entity\":\"pump-8\"}").entity()).isEqualTo("pump-7");
    assertThat(valid("", "{\"entity\":\"pump-8\"}").entity()).isEqualTo("pump-8");
    assertThat(valid(null, "{\"entity\":null}").entity()).isEqualTo(Observation.DEFAULT_ENTITY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"timestamp\":null}"})
  void fallsBackToTheTimeOfTheRecord(String json) {
    assertThat(valid(null, json).timestamp()).isEqualTo(RECORD_TIME);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1772352930", "1772352930000", "\"1772352930\"", "1.77235293e9"})
  void readsNumericTimestamps(String timestamp) {
    assertThat(valid(null, "{\"timestamp\":" + timestamp + "}").timestamp())
        .isEqualTo(Instant.parse("2026-03-01T08:15:30Z"));
  }

  @Test
  void callsMissingValueTombstone() {
    assertThat(ObservationJson.decode("pump-7".getBytes(UTF_8), null, RECORD_TIME))
        .isEqualTo(new Decoded.Invalid(RejectionReason.TOMBSTONE, "the record has no value"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | malformed-json | value: empty",
        "`  ` | malformed-json | value: empty",
        "{\"flow\":1 | malformed-json | Unexpected end-of-input",
        "{\"flow\":1}} | malformed-json | Unexpected close marker",
        "{\"flow\":1} {} | malformed-json | expected nothing after the document",
        "{\"flow\":1} x | malformed-json | Unrecognized token",
        "{\"flow\":1,\"flow\":2} | malformed-json | Duplicate field 'flow'",
        "{\"values\":{\"flow\":1,\"flow\":2}} | malformed-json | Duplicate field 'flow'",
        "{\"values\":{},\"values\":{}} | malformed-json | Duplicate field 'values'",
        "{'flow':1} | malformed-json | Unexpected character",
        "{\"flow\":01} | malformed-json | Leading zeroes",
        "[1,2] | wrong-type | value: expected a JSON object, found an array",
        "7 | wrong-type | value: expected a JSON object, found a number",
        "null | wrong-type | value: expected a JSON object, found null",
        "{\"flow\":\"1\"} | wrong-type | sensor \"flow\": expected a number or null, found a string",
        "{\"flow\":[1]} | wrong-type | sensor \"flow\": expected a number or null, found an array",
        "{\"values\":{\"flow\":true}} | wrong-type | sensor \"flow\": expected a number or null, found a boolean",
        "{\"values\":{\"flow\":{}}} | wrong-type | sensor \"flow\": expected a number or null, found an object",
        "{\"values\":[1]} | wrong-type | values: expected an object of sensors, found an array",
        "{\"values\":null} | wrong-type | values: expected an object of sensors, found null",
        "{\"entity\":7} | wrong-type | entity: expected a string, found a number",
        "{\"timestamp\":{}} | wrong-type | timestamp: expected a string or a number, found an object",
        "{\"flow\":NaN} | not-finite | sensor \"flow\": expected a finite number",
        "{\"flow\":-Infinity} | not-finite | sensor \"flow\": expected a finite number",
        "{\"values\":{\"flow\":1e999}} | not-finite | sensor \"flow\": expected a finite number",
        "{\"timestamp\":\"soon\"} | bad-timestamp | timestamp: expected ISO-8601",
        "{\"timestamp\":1e18} | bad-timestamp | timestamp: expected ISO-8601",
        "{\"timestamp\":NaN} | bad-timestamp | timestamp: expected ISO-8601",
        "{\"entity\":\"\"} | bad-entity | entity: expected an entity of 1 to 256 characters",
      })
  void saysWhatIsWrong(String json, String reason, String detail) {
    Decoded.Invalid invalid = invalid(null, json.getBytes(UTF_8));

    assertThat(invalid.reason().code()).isEqualTo(reason);
    assertThat(invalid.detail()).contains(detail);
  }

  @Test
  void refusesDeepNesting() {
    String json = "{\"values\":{},\"more\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

    assertThat(invalid(null, json.getBytes(UTF_8)).reason())
        .isEqualTo(RejectionReason.MALFORMED_JSON);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x80, 0xC0, 0xFF})
  void refusesInvalidUtf8(int stray) {
    byte[] json = "{\"flow?\":1}".getBytes(UTF_8);
    json[6] = (byte) stray;

    assertThat(invalid(null, json).detail()).isEqualTo("value: not valid UTF-8");
  }

  @Test
  void refusesOtherEncodings() {
    byte[] json = "{\"flow\":1}".getBytes(UTF_16LE);

    assertThat(invalid(null, json).reason()).isEqualTo(RejectionReason.MALFORMED_JSON);
  }

  @Test
  void refusesKeyThatIsNoText() {
    byte[] key = {(byte) 0xFF};

    Decoded decoded = ObservationJson.decode(key, "{}".getBytes(UTF_8), RECORD_TIME);

    assertThat(decoded)
        .isEqualTo(new Decoded.Invalid(RejectionReason.BAD_ENTITY, "key: not valid UTF-8"));
  }

  @Test
  void keepsDetailsShort() {
    String name = "s".repeat(100_000);

    assertThat(invalid(null, ("{\"" + name + "\":true}").getBytes(UTF_8)).detail())
        .hasSizeLessThan(200);
    assertThat(invalid(null, ("{" + name + "}").getBytes(UTF_8)).detail()).hasSizeLessThan(300);
  }

  @Test
  void hasAnOutcomeForEveryMutationOfAnObservation() {
    byte[] original = ObservationJson.encodeValue(Events.observation());
    SplittableRandom random = new SplittableRandom(42);

    for (int i = 0; i < 20_000; i++) {
      byte[] mutated = original.clone();
      mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
      mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);

      assertThat(ObservationJson.decode(null, mutated, RECORD_TIME)).isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void observationHoldsOnlyFiniteValues(double value) {
    assertThatThrownBy(() -> new Observation("pump-7", RECORD_TIME, Map.of("flow", value)))
        .hasMessageContaining("sensor flow: expected a finite number");
  }

  private static Observation valid(@Nullable String key, String json) {
    Decoded decoded =
        ObservationJson.decode(
            key == null ? null : key.getBytes(UTF_8), json.getBytes(UTF_8), RECORD_TIME);
    assertThat(decoded).isInstanceOf(Decoded.Valid.class);
    return ((Decoded.Valid) decoded).observation();
  }

  private static Decoded.Invalid invalid(byte @Nullable [] key, byte[] json) {
    Decoded decoded = ObservationJson.decode(key, json, RECORD_TIME);
    assertThat(decoded).isInstanceOf(Decoded.Invalid.class);
    return (Decoded.Invalid) decoded;
  }
}
