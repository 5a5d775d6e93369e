package dev.elbow.detector.replay;

import dev.elbow.detector.packing.RecordTime;
import dev.elbow.detector.topology.Rejudged;
import dev.elbow.detector.topology.Rejudging;
import dev.elbow.event.AcknowledgementJson;
import dev.elbow.event.DecodedAcknowledgement;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The acknowledgements of one partition, each between the observations where a detector that reads
 * both topics from their beginning takes it: before the first observation whose time is in a later
 * tick than its own, and after the acknowledgements before it.
 *
 * <p>For use by one thread; records are judged in the order of their offsets.
 */
public final class ReplayedAcknowledgements {

  private final Deque<Placed> toCome = new ArrayDeque<>();

  /**
   * @param before offset of the observation that it comes before
   */
  private record Placed(long before, ConsumerRecord<byte[], byte[]> record) {}

  private ReplayedAcknowledgements() {}

  /** Where none are taken. */
  public static ReplayedAcknowledgements none() {
    return new ReplayedAcknowledgements();
  }

  /**
   * Reads those that are retained.
   *
   * @param topic of the acknowledgements; it has as many partitions as the observations
   * @param observations the partition that is judged
   * @param entity whose alone; empty: those of all
   * @throws dev.elbow.input.InvalidInputException if there is no such partition
   */
  public static ReplayedAcknowledgements read(
      TopicRecords records, String topic, TopicPartition observations, Optional<String> entity) {
    TopicPartition partition = records.partition(topic, observations.partition());
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
    records.read(partition, records.first(partition), records.end(partition), found::addAll);
    ReplayedAcknowledgements read = new ReplayedAcknowledgements();
    long after = 0;
    for (ConsumerRecord<byte[], byte[]> record : found) {
      after = Math.max(after, RecordTime.after(record)); // they keep the order of their partition
      if (isOf(entity, record)) {
        long before = records.at(observations, Instant.ofEpochMilli(after));
        read.toCome.add(new Placed(before, record));
      }
    }
    return read;
  }

  private static boolean isOf(Optional<String> entity, ConsumerRecord<byte[], byte[]> record) {
    return entity.isEmpty()
        || (AcknowledgementJson.decode(record.key(), record.value(), Instant.EPOCH)
                instanceof DecodedAcknowledgement.Valid valid
            && valid.acknowledgement().entity().equals(entity.get()));
  }

  /** The offset of the observation that the first of them comes before; empty if there is none. */
  Optional<Long> first() {
    return Optional.ofNullable(toCome.peek()).map(Placed::before);
  }

  /** Judges the next records, and takes what was acknowledged between them. */
  public List<Rejudged> judge(Rejudging rejudging, List<ConsumerRecord<byte[], byte[]>> records) {
    List<Rejudged> judged = new ArrayList<>(records.size());
    int from = 0;
    for (int i = 0; i < records.size(); i++) {
      while (!toCome.isEmpty() && toCome.element().before() <= records.get(i).offset()) {
        judged.addAll(rejudging.judge(records.subList(from, i)));
        from = i;
        rejudging.acknowledge(toCome.remove().record());
      }
    }
    judged.addAll(rejudging.judge(records.subList(from, records.size())));
    return judged;
  }
}
