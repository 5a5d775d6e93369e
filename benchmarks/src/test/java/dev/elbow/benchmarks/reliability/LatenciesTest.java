package dev.elbow.benchmarks.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbow.benchmarks.reliability.Latencies.Percentiles;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {

  private final Latencies latencies = new Latencies();

  @Test
  void tellsHowLongHalfAndNearlyAllTook() {
    LongStream.rangeClosed(1, 200).forEach(latencies::add);

    assertThat(latencies.take()).isEqualTo(new Percentiles(100, 198));
  }

  @Test
  void beginsAnewWhenTaken() {
    latencies.add(7);
    latencies.take();

    assertThat(latencies.take().p50()).isNaN();
  }

  @Test
  void takesClocksThatDisagreeForNoTime() {
    latencies.add(-3);
    latencies.add(1_000_000);

    assertThat(latencies.take()).isEqualTo(new Percentiles(0, 60_000));
  }
}
