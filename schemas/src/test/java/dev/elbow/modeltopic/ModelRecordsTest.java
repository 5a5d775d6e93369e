package dev.elbow.modeltopic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbow.event.Activation;
import dev.elbow.event.EntityGroup;
import dev.elbow.input.InvalidInputException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelRecordsTest {

  private static final String BUNDLE = "0123456789abcdef".repeat(4);
  private static final byte[] ZIP = "a zip of 20 bytes...".getBytes(UTF_8);

  @Test
  void writesChunksAsThePageSays() {
    List<BundleChunk> chunks = BundleChunk.split(BUNDLE, ZIP, 8);

    assertThat(chunks).hasSize(3);
    RawRecord last = ModelRecords.of(chunks.get(2));
    assertThat(last.key()).isEqualTo("bundle/" + BUNDLE + "/2");
    assertThat(last.value()).asString(UTF_8).isEqualTo("s...");
    // printf 'a zip of 20 bytes...' | sha256sum; printf 's...' | sha256sum
    assertThat(last.headers())
        .containsOnly(
            Map.entry("elbow.format", "1"),
            Map.entry("elbow.chunks", "3"),
            Map.entry("elbow.bytes", "20"),
            Map.entry(
                "elbow.sha256", "ff913b3a308e2f119dd38aa2962b1894bbadc2b89240e7828689a23e0363a3dc"),
            Map.entry(
                "elbow.chunk.sha256",
                "244ebf776e7476dfe8349be0b17be81089a8ef8ac00d77a189a30566d08c56a4"));
  }

  @ParameterizedTest
  @CsvSource({"1, 20", "7, 3", "19, 2", "20, 1", "1000, 1"})
  void dividesWithoutLoss(int mostBytes, int count) {
    List<BundleChunk> chunks = BundleChunk.split(BUNDLE, ZIP, mostBytes);

    StringBuilder whole = new StringBuilder();
    for (BundleChunk chunk : chunks) {
      ModelRecord read = read(ModelRecords.of(chunk));
      whole.append(new String(((ModelRecord.Chunk) read).chunk().content(), UTF_8));
    }
    assertThat(chunks).hasSize(count);
    assertThat(whole).hasToString(new String(ZIP, UTF_8));
  }

  @Test
  void namesAnActivationByItsTimeAndItsEntities() {
    Activation activation =
        new Activation(
            Optional.of(BUNDLE),
            Instant.parse("2026-03-01T08:15:30.250Z"),
            new EntityGroup("hall 3/pump-*"));

    RawRecord record = ModelRecords.of(activation);

    assertThat(record.key()).isEqualTo("activation/2026-03-01T08:15:30.250Z/hall 3/pump-*");
    assertThat(record.headers()).isEmpty();
    assertThat(read(record)).isEqualTo(new ModelRecord.Activated(activation));
  }

  @Test
  void readsRemovals() {
    assertThat(read("bundle/" + BUNDLE + "/0", null, Map.of()))
        .isEqualTo(new ModelRecord.BundleRemoved(BUNDLE));
    assertThat(read("activation/2026-03-01T00:00:00Z/*", null, Map.of()))
        .isEqualTo(new ModelRecord.ActivationRemoved("activation/2026-03-01T00:00:00Z/*"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "model", "bundle/xyz/0", "bundle/", "bundle/0/123456"})
  void refusesKeyOfNoRecordOfTheTopic(String key) {
    assertThatThrownBy(() -> read(key, ZIP, Map.of()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("key: expected bundle/ID/INDEX or activation/TIME/ENTITIES, found");
  }

  @ParameterizedTest
  @CsvSource({
    "elbow.format, 2, this is for another version of Elbow",
    "elbow.format, , header elbow.format: missing",
    "elbow.chunks, 0, chunks: expected 1 to 16384",
    "elbow.chunks, 2, 'chunk: expected 0 to 1, found 2'",
    "elbow.chunks, many, many",
    "elbow.bytes, 9000000000, bytes: expected 1 to 268435456",
    "elbow.sha256, abc, sha256: expected 64 hexadecimal digits",
    "elbow.chunk.sha256, abc, publish the bundle again"
  })
  void refusesChunkWhoseHeadersAreWrong(String header, @Nullable String text, String message) {
    RawRecord record = ModelRecords.of(BundleChunk.split(BUNDLE, ZIP, 8).get(2));
    Map<String, String> headers = new HashMap<>(record.headers());
    headers.remove(header);
    if (text != null) {
      headers.put(header, text);
    }

    assertThatThrownBy(() -> read(record.key(), record.value(), headers))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(record.key() + ": ")
        .hasMessageContaining(message);
  }

  @Test
  void refusesEveryChunkOfWhichOneByteIsOther() {
    RawRecord record = ModelRecords.of(BundleChunk.split(BUNDLE, ZIP, 20).get(0));
    for (int i = 0; i < ZIP.length; i++) {
      byte[] corrupt = record.value().clone();
      corrupt[i] ^= 0x10;

      assertThatThrownBy(() -> read(record.key(), corrupt, record.headers()))
          .hasMessageContaining("elbow.chunk.sha256");
    }
  }

  @Test
  void refusesActivationUnderTheKeyOfAnother() {
    byte[] value =
        ModelRecords.of(
                new Activation(Optional.of(BUNDLE), Activation.ALWAYS, new EntityGroup("pump-7")))
            .value();

    assertThatThrownBy(() -> read("activation/0000-01-01T00:00:00Z/*", value, Map.of()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("key: expected activation/0000-01-01T00:00:00Z/pump-7 by the value");
  }

  @Test
  void refusesWithAMessageWhateverTheBytesAre() {
    RawRecord activation =
        ModelRecords.of(new Activation(Optional.of(BUNDLE), Activation.ALWAYS, EntityGroup.ALL));
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 2_000; i++) {
      byte[] mutated = activation.value().clone();
      mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
      try {
        assertThat(read(activation.key(), mutated, Map.of())).isNotNull();
      } catch (InvalidInputException refused) {
        assertThat(refused).hasMessageStartingWith(activation.key());
      }
    }
  }

  private static ModelRecord read(RawRecord record) {
    return read(record.key(), record.value(), record.headers());
  }

  private static ModelRecord read(
      String key, byte @Nullable [] value, Map<String, String> headers) {
    return ModelRecords.read(key.getBytes(UTF_8), value, headers);
  }
}
