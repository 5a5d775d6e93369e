package dev.elbow.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AcknowledgementJsonTest {

  private static final Instant RECORD_TIME = Instant.parse("2026-03-01T00:00:00Z");

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "{}", "{\"timestamp\":null,\"ticket\":4711}"})
  void needsNothingButTheKey(@Nullable String value) {
    assertThat(decode("pump-7", value))
        .isEqualTo(
            new DecodedAcknowledgement.Valid(
                new Acknowledgement("pump-7", RECORD_TIME, Optional.empty(), Optional.empty())));
  }

  @Test
  void prefersTheKeyToTheEntityField() {
    assertThat(decode("pump-7", "{\"entity\":\"pump-8\",\"by\":\"anna\"}"))
        .isEqualTo(
            new DecodedAcknowledgement.Valid(
                new Acknowledgement("pump-7", RECORD_TIME, Optional.of("anna"), Optional.empty())));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`  ` | malformed-json | value: empty",
        "{\"by\": | malformed-json | Unexpected end-of-input",
        "{} {} | malformed-json | expected nothing after the document",
        "{\"by\":\"a\",\"by\":\"b\"} | malformed-json | Duplicate field 'by'",
        "[] | wrong-type | value: expected a JSON object, found an array",
        "{\"by\":7} | wrong-type | by: expected a string, found a number",
        "{\"note\":[]} | wrong-type | note: expected a string, found an array",
        "{\"entity\":{}} | wrong-type | entity: expected a string, found an object",
        "{\"timestamp\":\"now\"} | bad-timestamp | timestamp: expected ISO-8601",
      })
  void saysWhatIsWrong(String value, String reason, String detail) {
    DecodedAcknowledgement.Invalid invalid = invalid(decode("pump-7", value));

    assertThat(invalid.reason().code()).isEqualTo(reason);
    assertThat(invalid.detail()).contains(detail);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = "")
  void refusesRecordWithoutKeyEvenIfItsValueNamesTheEntity(@Nullable String key) {
    DecodedAcknowledgement.Invalid invalid = invalid(decode(key, "{\"entity\":\"pump-7\"}"));

    assertThat(invalid.reason()).isEqualTo(RejectionReason.BAD_ENTITY);
    assertThat(invalid.detail()).startsWith("key: expected the entity");
  }

  @Test
  void refusesKeyThatIsNoTextOrTooLong() {
    assertThat(AcknowledgementJson.decode(new byte[] {(byte) 0xFF}, null, RECORD_TIME))
        .isEqualTo(
            new DecodedAcknowledgement.Invalid(RejectionReason.BAD_ENTITY, "key: not valid UTF-8"));
    assertThat(invalid(decode("p".repeat(257), null)).reason())
        .isEqualTo(RejectionReason.BAD_ENTITY);
  }

  @Test
  void hasAnOutcomeForEveryMutationOfAnAcknowledgement() {
    byte[] original = AcknowledgementJson.encodeValue(Events.acknowledgement());
    SplittableRandom random = new SplittableRandom(42);

    for (int i = 0; i < 5_000; i++) {
      byte[] mutated = original.clone();
      mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);

      assertThat(AcknowledgementJson.decode("pump-7".getBytes(UTF_8), mutated, RECORD_TIME))
          .isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 257})
  void holdsNoEntityThatNoObservationCanHave(int length) {
    assertThatThrownBy(
            () ->
                new Acknowledgement(
                    "p".repeat(length), RECORD_TIME, Optional.empty(), Optional.empty()))
        .hasMessageContaining("entity: expected 1 to 256 characters, found " + length);
  }

  private static DecodedAcknowledgement decode(@Nullable String key, @Nullable String value) {
    return AcknowledgementJson.decode(
        key == null ? null : key.getBytes(UTF_8),
        value == null ? null : value.getBytes(UTF_8),
        RECORD_TIME);
  }

  private static DecodedAcknowledgement.Invalid invalid(DecodedAcknowledgement decoded) {
    assertThat(decoded).isInstanceOf(DecodedAcknowledgement.Invalid.class);
    return (DecodedAcknowledgement.Invalid) decoded;
  }
}
