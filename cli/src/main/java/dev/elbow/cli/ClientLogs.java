package dev.elbow.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Keeps what a command runs from talking over it, which says itself what went wrong: Kafka's
 * clients warn every second of a broker that does not answer, and of partitions a reader has done
 * with; the detector's code tells of models as if they were to stay.
 */
final class ClientLogs {

  private static final List<String> TALKATIVE =
      List.of("org.apache.kafka.clients", "org.apache.kafka.common");

  private static final String DETECTOR = "dev.elbow.detector";

  private ClientLogs() {}

  /**
   * Clients' errors and the detector's warnings alone, unless {@code ELBOW_ROOT_LOG_LEVEL} or
   * {@code ELBOW_LOG_LEVEL} is set.
   */
  static void quieten() {
    if (System.getenv("ELBOW_ROOT_LOG_LEVEL") == null) {
      TALKATIVE.forEach(name -> set(name, Level.ERROR));
    }
    if (System.getenv("ELBOW_LOG_LEVEL") == null) {
      set(DETECTOR, Level.WARN);
    }
  }

  private static void set(String name, Level level) {
    if (LoggerFactory.getLogger(name) instanceof Logger logger) {
      logger.setLevel(level);
    }
  }
}
