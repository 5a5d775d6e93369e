package dev.elbow.benchmarks.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** That the pipeline runs at all, on records so few that its figures mean nothing. */
class ThroughputTest {

  private static final Net NET = new Net(8, List.of(16), 2, 1, 4);

  @Test
  void letsTheDetectorAndThePassThroughReadTheRecordingToItsEnd() throws Exception {
    try (Workshop workshop = new Workshop()) {
      Plant plant = new Plant(3, NET.sensors());
      Throughput stream = new Throughput(workshop, "few", NET, plant, Format.BINARY, 2, 3000);

      assertThat(stream.detector(Map.of("processing.guarantee", "exactly_once_v2"))).isPositive();
      assertThat(stream.passthrough()).isPositive();
    }
  }
}
