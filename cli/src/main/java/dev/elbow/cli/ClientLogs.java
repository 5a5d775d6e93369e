package dev.elbow.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Keeps Kafka's clients from talking over a command that says itself what went wrong: they warn
 * every second of a broker that does not answer, and of partitions a reader has done with.
 */
final class ClientLogs {

  private static final List<String> TALKATIVE =
      List.of("org.apache.kafka.clients", "org.apache.kafka.common");

  private ClientLogs() {}

  /** Errors alone, unless {@code ELBOW_ROOT_LOG_LEVEL} is set. */
  static void quieten() {
    if (System.getenv("ELBOW_ROOT_LOG_LEVEL") != null) {
      return;
    }
    for (String name : TALKATIVE) {
      if (LoggerFactory.getLogger(name) instanceof Logger logger) {
        logger.setLevel(Level.ERROR);
      }
    }
  }
}
