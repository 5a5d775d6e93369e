package dev.elbow.benchmarks.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbow.benchmarks.fuzz.FuzzedInput.Fuzzed;
import dev.elbow.benchmarks.pipeline.Plant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FuzzedInputTest {

  private static final Plant PLANT = new Plant(8, 8);

  @ParameterizedTest
  @EnumSource
  void makesTheSameRecordsOfTheSameSeed(FuzzFormat format) {
    assertThat(fingerprints(format, 7)).isEqualTo(fingerprints(format, 7));
    assertThat(fingerprints(format, 7)).isNotEqualTo(fingerprints(format, 8));
  }

  @ParameterizedTest
  @EnumSource
  void givesEveryMutationItsTurn(FuzzFormat format) {
    FuzzedInput input = FuzzedInput.observations(PLANT, format, 1);
    Set<String> kinds = new HashSet<>();
    IntStream.range(0, 10_000).forEach(i -> kinds.add(input.next().kind()));

    assertThat(kinds)
        .containsAll(format.mutations(PLANT.sensorNames()).stream().map(Mutation::name).toList())
        .contains(FuzzedInput.SOUND, FuzzedInput.SEVERAL);
  }

  private static List<Integer> fingerprints(FuzzFormat format, long seed) {
    FuzzedInput input = FuzzedInput.observations(PLANT, format, seed);
    return IntStream.range(0, 1000).mapToObj(i -> fingerprint(input.next())).toList();
  }

  private static int fingerprint(Fuzzed fuzzed) {
    Draft draft = fuzzed.draft();
    return Fingerprint.of(draft.key, draft.value, draft.headers);
  }
}
