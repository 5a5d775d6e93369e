package dev.elbow.benchmarks.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbow.benchmarks.reliability.Latencies.Percentiles;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FlatnessTest {

  private static final int MEGABYTE = 1 << 20;

  @Test
  void passesOverWarmUp() {
    List<Sample> samples = samples(i -> i < 20 ? 100 + i : 120, i -> 2, i -> 40);

    assertThat(Flatness.of(samples)).allMatch(Flatness::holds);
  }

  @Test
  void findsMemoryThatGrowsByMoreThanATenth() {
    List<Sample> samples = samples(i -> 100 + i / 5, i -> 2, i -> 40);

    assertThat(Flatness.of(samples))
        .filteredOn(flat -> !flat.holds())
        .extracting(Flatness::what)
        .containsExactly("resident memory");
  }

  @Test
  void findsOneForgottenSession() {
    List<Sample> samples = samples(i -> 100, i -> i < 70 ? 200 : 201, i -> 40);

    assertThat(Flatness.of(samples))
        .filteredOn(flat -> !flat.holds())
        .extracting(Flatness::what)
        .containsExactly("open sessions");
  }

  @Test
  void findsLatencyThatGrows() {
    List<Sample> samples = samples(i -> 100, i -> 2, i -> i < 50 ? 40 : 400);

    assertThat(Flatness.table(Flatness.of(samples)))
        .containsPattern("latency p99 +40.0 +400.0 +100.0 +ms NOT flat");
  }

  private static List<Sample> samples(
      IntUnaryOperator megabytes, IntUnaryOperator sessions, IntUnaryOperator millis) {
    return IntStream.range(0, 100)
        .mapToObj(
            i ->
                new Sample(
                    i,
                    (double) MEGABYTE * megabytes.applyAsInt(i),
                    0,
                    sessions.applyAsInt(i),
                    30,
                    200,
                    new Percentiles(20, millis.applyAsInt(i)),
                    0))
        .toList();
  }
}
