package dev.elbow.cli;

import dev.elbow.input.ClientRefusal;
import dev.elbow.input.InvalidInputException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What a command asks about a topic before it writes to it, and what it says if that fails. */
final class TopicQuestion {

  /** How long a command waits for an answer of the brokers. */
  static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Map<String, String> clientSettings;
  private final String topic;

  /**
   * @param clientSettings at least {@code bootstrap.servers}
   */
  TopicQuestion(Map<String, String> clientSettings, String topic) {
    this.clientSettings = clientSettings;
    this.topic = topic;
  }

  /**
   * Asks the brokers.
   *
   * @throws InvalidInputException if no broker answers, there is no such topic, or the brokers
   *     refuse to tell
   */
  <T> T ask(Function<Admin, KafkaFuture<T>> question) throws InterruptedException {
    try (Admin admin = Admin.create(new HashMap<>(clientSettings))) {
      try {
        return question.apply(admin).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      } finally {
        admin.close(Duration.ZERO); // the plain close waits for a broker that does not answer
      }
    } catch (TimeoutException e) {
      throw new InvalidInputException(
          "no answer from %s within %d s; is it the right address, and is Kafka running?"
              .formatted(bootstrap(), PATIENCE.toSeconds()),
          e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        throw new InvalidInputException(
            "topic %s: there is no such topic at %s; create it first".formatted(topic, bootstrap()),
            e);
      }
      throw cannotWrite(e);
    } catch (KafkaException e) {
      throw cannotWrite(e);
    }
  }

  /** What to throw where the topic cannot be read. */
  InvalidInputException cannotRead(Exception e) {
    return ClientRefusal.of("topic %s at %s cannot be read".formatted(topic, bootstrap()), e, "");
  }

  /** What to throw where the topic does not take what is written. */
  InvalidInputException cannotWrite(Exception e) {
    return ClientRefusal.of(
        "topic %s at %s cannot be written to".formatted(topic, bootstrap()), e, "");
  }

  private String bootstrap() {
    return String.valueOf(clientSettings.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG));
  }
}
