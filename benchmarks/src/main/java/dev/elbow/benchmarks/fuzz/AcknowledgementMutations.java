package dev.elbow.benchmarks.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.stream.Stream;

/** What can be wrong with an acknowledgement, or unusual about it. */
final class AcknowledgementMutations {

  private static final List<String> ODD =
      List.of(
          "{}",
          "[]",
          "null",
          "\"acknowledged\"",
          "{\"entity\":\"odd-another\"}",
          "{\"entity\":7}",
          "{\"by\":{\"name\":\"anna\"}}",
          "{\"by\":\"anna\",\"by\":\"berta\"}",
          "{\"note\":[\"new impeller\"]}",
          "{\"note\":null,\"by\":null,\"timestamp\":null}",
          "{\"note\":\"" + "x".repeat(20_000) + "\"}",
          "{\"note\":\"\\ud83d\"}",
          "{\"timestamp\":\"yesterday\"}",
          "{\"timestamp\":\"-0001-01-01T00:00:00Z\"}",
          "{\"timestamp\":1e300}",
          "{\"timestamp\":true}",
          "{\"unknown\":" + "[".repeat(500) + "]".repeat(500) + "}",
          "{\"unknown\":" + "[".repeat(10_000));

  private AcknowledgementMutations() {}

  /** Those of any record, those of JSON, and those of its own fields, which come more often. */
  static List<Mutation> all(List<String> sensorNames) {
    return Stream.concat(
            FuzzFormat.JSON.mutations(sensorNames).stream(),
            Stream.of(
                new Mutation(
                    "odd acknowledgement",
                    10 * Mutation.OFTEN,
                    (draft, random) -> draft.value = Mutation.pick(ODD, random).getBytes(UTF_8))))
        .toList();
  }

  /** One as the command sends it. */
  static byte[] sound(Draft draft) {
    return "{\"timestamp\":\"%s\",\"by\":\"anna\",\"note\":\"new impeller\"}"
        .formatted(draft.observed)
        .getBytes(UTF_8);
  }
}
