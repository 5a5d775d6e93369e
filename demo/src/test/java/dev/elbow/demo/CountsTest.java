package dev.elbow.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class CountsTest {

  private static final String METRICS =
      """
      # HELP elbow_observations_received_total Observations.
      # TYPE elbow_observations_received_total counter
      elbow_observations_received_total 1.2345678E7
      # TYPE elbow_observations_total counter
      elbow_observations_total{outcome="anomalous"} 45.0
      elbow_observations_total{outcome="normal"} 1.2345625E7
      elbow_observations_total{outcome="warming-up"} 7.0
      elbow_observations_total{outcome="rejected"} 1.0
      elbow_episodes_started_total 4.0
      """;

  @Test
  void readsWhatPrometheusReads() throws IOException {
    Counts counts = Counts.parse(METRICS);

    assertThat(counts).isEqualTo(new Counts(12_345_678, 12_345_625, 45, 7, 1, 4));
    assertThat(counts.addUp()).isTrue();
  }

  @Test
  void lostObservationIsNoticed() {
    assertThat(new Counts(10, 6, 1, 1, 1, 1).addUp()).isFalse();
  }

  @Test
  void missingFigureIsAnErrorAndNotZero() {
    assertThatThrownBy(() -> Counts.parse("elbow_observations_received_total 1.0\n"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("normal");
  }
}
