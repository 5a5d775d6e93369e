package dev.elbow.benchmarks.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbow.benchmarks.reliability.Variant.Guarantee;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class VariantTest {

  private static final Map<String, String> PACKING = Map.of("packing.records", "1|512");

  @Test
  void eightSeedsSeeEveryCombination() {
    List<Variant> variants = LongStream.rangeClosed(1, 8).mapToObj(VariantTest::of).toList();

    assertThat(variants).doesNotHaveDuplicates();
  }

  @Test
  void fourSeedsSeeEveryPairOfProtocolAndSetting() {
    List<String> pairs =
        LongStream.rangeClosed(1, 4)
            .mapToObj(VariantTest::of)
            .map(variant -> variant.protocol() + " " + variant.more().get("packing.records"))
            .toList();

    assertThat(pairs)
        .containsExactlyInAnyOrder("classic 1", "classic 512", "streams 1", "streams 512");
  }

  @Test
  void handsItsSettingsToTheDetector() {
    assertThat(of(1).settings())
        .containsEntry("processing.guarantee", "at_least_once")
        .containsEntry("group.protocol", "classic")
        .containsKey("packing.records");
  }

  private static Variant of(long seed) {
    return Variant.of(seed, Guarantee.AT_LEAST_ONCE, PACKING);
  }
}
