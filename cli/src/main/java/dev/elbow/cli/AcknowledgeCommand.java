package dev.elbow.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.elbow.event.Acknowledgement;
import dev.elbow.event.AcknowledgementJson;
import dev.elbow.event.ObservationJson;
import dev.elbow.input.InvalidInputException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code acknowledge}: ends the SHIFT of a machine. */
@Command(
    name = "acknowledge",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Tells the detectors that somebody has looked at a machine in SHIFT: what its scores are like"
          + " at present is normal for it from now on.",
      "They must read the topic: topics.acknowledgements."
    })
public final class AcknowledgeCommand implements ElbowCommand {

  @Option(
      names = "--entity",
      required = true,
      paramLabel = "NAME",
      description = "The machine, as its observations and anomalies name it.")
  private String entity = "";

  @Option(names = "--by", paramLabel = "WHO", description = "Who has looked at it.")
  private Optional<String> by = Optional.empty();

  @Option(names = "--note", paramLabel = "TEXT", description = "What was found.")
  private Optional<String> note = Optional.empty();

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      defaultValue = "acknowledgements",
      description = "Where to. Default: ${DEFAULT-VALUE}.")
  private String topic = "";

  @Option(
      names = "--partition",
      paramLabel = "N",
      description =
          "The partition that the machine's observations come by. Default: the one that Kafka's own"
              + " producers choose for its name.")
  private Optional<Integer> partition = Optional.empty();

  @Mixin private KafkaOptions kafka = new KafkaOptions();

  @Override
  public Integer call() throws InterruptedException {
    if (entity.isBlank() || entity.length() > ObservationJson.MAX_ENTITY_LENGTH) {
      throw new InvalidInputException(
          "--entity: expected the name of a machine, of at most %d characters; found \"%s\""
              .formatted(ObservationJson.MAX_ENTITY_LENGTH, entity));
    }
    Map<String, String> settings = kafka.clientSettings();
    TopicQuestion question = new TopicQuestion(settings, topic);
    checkPartition(question);
    Acknowledgement acknowledgement = new Acknowledgement(entity, Instant.now(), by, note);
    byte[] value = AcknowledgementJson.encodeValue(acknowledgement);
    RecordMetadata sent = send(settings, question, acknowledgement, value);
    System.out.printf(
        "sent %s to %s-%d@%d%n",
        new String(value, UTF_8), sent.topic(), sent.partition(), sent.offset());
    return 0;
  }

  /** A producer would wait a minute for a topic or partition that is not there. */
  private void checkPartition(TopicQuestion question) throws InterruptedException {
    int partitions =
        question
            .ask(admin -> admin.describeTopics(List.of(topic)).topicNameValues().get(topic))
            .partitions()
            .size();
    partition
        .filter(number -> number < 0 || number >= partitions)
        .ifPresent(
            number -> {
              throw new InvalidInputException(
                  "--partition: expected a number from 0 to %d, for %s has %d partitions; found %d"
                      .formatted(partitions - 1, topic, partitions, number));
            });
  }

  private RecordMetadata send(
      Map<String, String> clientSettings,
      TopicQuestion question,
      Acknowledgement acknowledgement,
      byte[] value)
      throws InterruptedException {
    Map<String, Object> settings = new HashMap<>(clientSettings);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            topic,
            partition.orElse(null),
            acknowledgement.timestamp().toEpochMilli(),
            AcknowledgementJson.encodeKey(acknowledgement),
            value);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      return producer.send(record).get();
    } catch (ExecutionException | KafkaException e) {
      throw question.cannotWrite(e);
    }
  }
}
