package dev.elbow.detector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class KafkaSettingsTest {

  @Test
  void sessionOutlivesTwoLostHeartbeats() {
    Properties settings = settings(Map.of("session.timeout.ms", "6000"));

    assertThat(settings)
        .containsEntry("consumer.session.timeout.ms", 6000)
        .containsEntry("consumer.heartbeat.interval.ms", 2000);
  }

  @Test
  void leavesSessionsToTheBrokerUnderTheStreamsProtocol() {
    Properties settings = settings(Map.of("group.protocol", "streams"));

    assertThat(settings)
        .doesNotContainKeys("consumer.session.timeout.ms", "consumer.heartbeat.interval.ms");
  }

  @Test
  void looksEveryMinuteWhetherANewDetectorCanHaveItsShare() {
    assertThat(settings(Map.of())).containsEntry("probing.rebalance.interval.ms", 60_000);
  }

  @Test
  void transactionIsAsLongAsSessionButHoldsTwoCommits() {
    assertThat(settings(Map.of("session.timeout.ms", "6000")))
        .containsEntry("producer.transaction.timeout.ms", 6000);
    assertThat(settings(Map.of("session.timeout.ms", "6000", "commit.interval.ms", "9000")))
        .containsEntry("producer.transaction.timeout.ms", 18_000);
    assertThat(settings(Map.of("commit.interval.ms", Integer.toString(Integer.MAX_VALUE))))
        .containsEntry("producer.transaction.timeout.ms", Integer.MAX_VALUE);
  }

  private static Properties settings(Map<String, String> options) {
    Map<String, String> all = new HashMap<>(options);
    all.put("bootstrap.servers", "localhost:9092");
    all.put("model.directory", "model");
    return KafkaSettings.streams(DetectorConfig.read(Optional.empty(), Map.of(), all), 1 << 20);
  }
}
