package dev.elbow.detector.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbow.event.Episode;
import dev.elbow.event.RejectionReason;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DetectionMetricsTest {

  private final DetectionMetrics metrics = new DetectionMetrics();

  @AfterEach
  void close() {
    metrics.close();
  }

  @Test
  void showsEveryCounterBeforeTheFirstRecord() {
    assertThat(Scrape.of(metrics))
        .containsEntry("elbow_observations_received_total", 0.0)
        .containsEntry("elbow_observations_total{outcome=\"normal\"}", 0.0)
        .containsEntry("elbow_observations_total{outcome=\"anomalous\"}", 0.0)
        .containsEntry("elbow_observations_total{outcome=\"rejected\"}", 0.0)
        .containsEntry("elbow_rejections_total{reason=\"tombstone\"}", 0.0)
        .containsEntry("elbow_rejections_total{reason=\"oversized\"}", 0.0)
        .containsEntry("elbow_sensors_missing_total", 0.0)
        .containsEntry("elbow_sensors_extra_total", 0.0)
        .containsEntry("elbow_entities_unknown_total", 0.0)
        .containsEntry("elbow_episodes_started_total", 0.0)
        .containsEntry("elbow_episodes_ended_total{reason=\"normal\"}", 0.0)
        .containsEntry("elbow_episodes_ended_total{reason=\"model-changed\"}", 0.0)
        .containsEntry("elbow_episodes_open", 0.0)
        .containsEntry("elbow_acknowledgements_total{outcome=\"applied\"}", 0.0)
        .containsEntry("elbow_acknowledgements_total{outcome=\"nothing-to-acknowledge\"}", 0.0)
        .containsEntry("elbow_acknowledgements_total{outcome=\"rejected\"}", 0.0)
        .containsEntry("elbow_model_loads_total{outcome=\"accepted\"}", 0.0)
        .containsEntry("elbow_model_loads_total{outcome=\"refused\"}", 0.0)
        .containsEntry("elbow_scoring_seconds_count", 0.0);
  }

  @Test
  void keepsNegativeScores() {
    metrics.normal(-12.5);
    metrics.anomalous("pump-7", 30);

    assertThat(Scrape.of(metrics))
        .containsEntry("elbow_score_nats_count", 2.0)
        .containsEntry("elbow_score_nats_sum", 17.5)
        .containsEntry("elbow_score_nats_bucket{le=\"-10.0\"}", 1.0)
        .containsEntry("elbow_score_nats_bucket{le=\"30.0\"}", 2.0);
  }

  @Test
  void measuresScoringInSeconds() {
    metrics.scored(Duration.ofMillis(3));

    assertThat(Scrape.of(metrics))
        .containsEntry("elbow_scoring_seconds_sum", 0.003)
        .containsEntry("elbow_scoring_seconds_bucket{le=\"0.002\"}", 0.0)
        .containsEntry("elbow_scoring_seconds_bucket{le=\"0.005\"}", 1.0);
  }

  @Test
  void givesAtMostAHundredEntitiesASeriesOfTheirOwn() {
    for (int i = 0; i < 150; i++) {
      metrics.anomalous("pump-" + i, 30);
    }
    metrics.anomalous("pump-0", 30);

    assertThat(Scrape.of(metrics))
        .containsEntry("elbow_anomalies_total{entity=\"pump-0\"}", 2.0)
        .containsEntry("elbow_anomalies_total{entity=\"pump-99\"}", 1.0)
        .doesNotContainKey("elbow_anomalies_total{entity=\"pump-100\"}")
        .containsEntry("elbow_anomalies_total{entity=\"other\"}", 50.0);
  }

  @Test
  void givesAtMostAHundredOpenEpisodesASeriesOfTheirOwn() {
    for (int i = 0; i < 150; i++) {
      metrics.episodes().anomalies("pump-" + i, 3);
    }
    metrics.episodes().ended("pump-0", Episode.Reason.NORMAL);
    metrics.episodes().anomalies("pump-120", 7);

    assertThat(Scrape.of(metrics))
        .doesNotContainKey("elbow_episode_anomalies{entity=\"pump-0\"}")
        .containsEntry("elbow_episode_anomalies{entity=\"pump-99\"}", 3.0)
        .doesNotContainKey("elbow_episode_anomalies{entity=\"pump-100\"}")
        .containsEntry("elbow_episode_anomalies{entity=\"pump-120\"}", 7.0);
  }

  @Test
  void countsRejectionsByReason() {
    metrics.rejected(RejectionReason.TOO_FEW_SENSORS);

    assertThat(Scrape.of(metrics))
        .containsEntry("elbow_observations_total{outcome=\"rejected\"}", 1.0)
        .containsEntry("elbow_rejections_total{reason=\"too-few-sensors\"}", 1.0);
  }

  @Test
  void showsLagAndReadiness() {
    metrics.watch(() -> 12, () -> true);

    assertThat(Scrape.of(metrics))
        .containsEntry("elbow_consumer_lag_records", 12.0)
        .containsEntry("elbow_ready", 1.0);
  }
}
