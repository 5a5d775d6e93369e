package dev.elbow.demo;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * Keeps a broker, a detector and their clients in one terminal from talking over the demo.
 *
 * <p>What remains are warnings that mean something. Kafka warns of every controller that starts on
 * an empty disk, of internal topics that two clients asked for at once, of every client that is
 * closed twice, of a default that the detector has no use for, and of state below a temporary
 * directory; and takes it for an error of its own that a producer sends on while its last
 * transaction is still being committed, and sends again what was refused.
 */
public final class QuietLogs {

  private static final Map<String, Level> LEVELS =
      Map.of(
          "dev.elbow", Level.WARN,
          "kafka.server.ReplicaManager", Level.OFF,
          "org.apache.kafka.controller.QuorumController", Level.ERROR,
          "kafka.server.DefaultAutoTopicCreationManager", Level.ERROR,
          "org.apache.kafka.clients.NetworkClient", Level.ERROR,
          "org.apache.kafka.clients.producer.internals.Sender", Level.ERROR,
          "org.apache.kafka.streams.StreamsConfig", Level.ERROR,
          "org.apache.kafka.streams.processor.internals.StateDirectory", Level.ERROR);

  private QuietLogs() {}

  /** Unless {@code ELBOW_LOG_LEVEL} or {@code ELBOW_ROOT_LOG_LEVEL} is set. */
  public static void unlessAskedFor() {
    if (System.getenv("ELBOW_LOG_LEVEL") != null || System.getenv("ELBOW_ROOT_LOG_LEVEL") != null) {
      return;
    }
    LEVELS.forEach(
        (name, level) -> {
          if (LoggerFactory.getLogger(name) instanceof Logger logger) {
            logger.setLevel(level);
          }
        });
  }
}
