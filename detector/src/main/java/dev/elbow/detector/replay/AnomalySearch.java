package dev.elbow.detector.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.elbow.event.Anomaly;
import dev.elbow.event.AnomalyEvent;
import dev.elbow.event.AnomalyEventJson;
import dev.elbow.event.Coordinates;
import dev.elbow.input.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Finds one anomaly among all that were published. */
public final class AnomalySearch {

  private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern COORDINATES = Pattern.compile("(.+)-(\\d{1,9})[-@](\\d{1,18})");

  private final TopicRecords records;
  private final String topic;

  /**
   * @param topic of the anomalies
   */
  public AnomalySearch(TopicRecords records, String topic) {
    this.records = records;
    this.topic = topic;
  }

  /**
   * The anomaly that is meant; of several published for one record, as at-least-once may, the
   * first.
   *
   * @param which its id; or {@code TOPIC-PARTITION-OFFSET}, of the anomaly itself if the topic is
   *     that of the anomalies, otherwise of the record it was read from
   * @throws InvalidInputException if there is none, or it is a stuck sensor or a silence, which
   *     have no score
   */
  public Anomaly find(String which) {
    Matcher coordinates = COORDINATES.matcher(which);
    if (ID.matcher(which).matches()) {
      return among(which, anomaly -> anomaly.id().equals(which));
    }
    if (!coordinates.matches()) {
      throw new InvalidInputException(
          "--anomaly: expected an id of 32 hexadecimal digits or TOPIC-PARTITION-OFFSET, found "
              + which);
    }
    Coordinates place =
        new Coordinates(
            coordinates.group(1),
            Integer.parseInt(coordinates.group(2)),
            Long.parseLong(coordinates.group(3)));
    return place.topic().equals(topic)
        ? at(place)
        : among(place.topic(), anomaly -> anomaly.source().equals(place));
  }

  private Anomaly at(Coordinates place) {
    TopicPartition partition = records.partition(place.topic(), place.partition());
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
    long first = records.first(partition);
    if (place.offset() >= first && place.offset() < records.end(partition)) {
      records.read(partition, place.offset(), place.offset() + 1, found::addAll);
    }
    if (found.isEmpty()) {
      throw new InvalidInputException(
          "%s: no record there; the partition holds offsets %d to %d"
              .formatted(place, first, records.end(partition) - 1));
    }
    AnomalyEvent event = AnomalyEventJson.decode(value(found.get(0)));
    if (event instanceof Anomaly anomaly) {
      return anomaly;
    }
    throw new InvalidInputException(
        "%s: it tells of a stuck sensor or a silence, which have no score to verify"
            .formatted(place));
  }

  /**
   * @param text that its JSON contains: the others need not be parsed
   */
  private Anomaly among(String text, Predicate<Anomaly> isMeant) {
    List<Anomaly> found = new ArrayList<>();
    for (TopicPartition partition : records.partitions(topic)) {
      records.read(
          partition,
          records.first(partition),
          records.end(partition),
          batch ->
              batch.stream()
                  .filter(record -> new String(value(record), UTF_8).contains(text))
                  .flatMap(record -> anomaly(record).stream())
                  .filter(isMeant)
                  .forEach(found::add));
      if (!found.isEmpty()) {
        return found.get(0);
      }
    }
    throw new InvalidInputException(
        "topic %s: no such anomaly among those it retains; is it the right topic, and the right id?"
            .formatted(topic));
  }

  private static Optional<Anomaly> anomaly(ConsumerRecord<byte[], byte[]> record) {
    try {
      return AnomalyEventJson.decode(value(record)) instanceof Anomaly anomaly
          ? Optional.of(anomaly)
          : Optional.empty();
    } catch (InvalidInputException somethingElse) {
      return Optional.empty();
    }
  }

  private static byte[] value(ConsumerRecord<byte[], byte[]> record) {
    return record.value() == null ? new byte[0] : record.value();
  }
}
