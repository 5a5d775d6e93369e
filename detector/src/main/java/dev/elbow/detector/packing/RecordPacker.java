package dev.elbow.detector.packing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Packs consecutive records of one partition of one poll into frames, between the consumer and
 * Kafka Streams.
 *
 * <p>Kafka Streams hands a processor one record at a time and commits when it likes. A processor
 * that gathered records for a batch would hold some that are committed already, and lose them in a
 * crash: neither close, nor punctuators, nor the flush of a store come before the commit. Here
 * nothing is ever held back. A frame is one record to Kafka Streams, at the offset of its first
 * record; the processor unpacks it and forwards all that follows from it before it returns; and a
 * commit covers a frame as a whole or not at all.
 *
 * <p>What is not packed is passed on, and the processor takes it as well: the consumer passes on
 * what a poll brought as it was if an interceptor throws.
 */
public final class RecordPacker implements ConsumerInterceptor<byte[], byte[]> {

  private PackingSettings settings = new PackingSettings(1, 1, "", Optional.empty());

  @Override
  public void configure(Map<String, ?> configs) {
    settings = PackingSettings.ofProperties(configs);
  }

  @Override
  public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> polled) {
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> packed = new LinkedHashMap<>();
    for (TopicPartition partition : polled.partitions()) {
      List<ConsumerRecord<byte[], byte[]>> records = polled.records(partition);
      packed.put(
          partition,
          settings.orderOf(partition.topic()).map(order -> pack(records, order)).orElse(records));
    }
    return new ConsumerRecords<>(packed, polled.nextOffsets());
  }

  private List<ConsumerRecord<byte[], byte[]>> pack(
      List<ConsumerRecord<byte[], byte[]>> records, MergeOrder order) {
    List<ConsumerRecord<byte[], byte[]>> frames = new ArrayList<>();
    int first = 0;
    int bytes = 0;
    for (int i = 0; i < records.size(); i++) {
      int size = Frame.sizeOf(records.get(i));
      boolean full = i - first == settings.records() || size > settings.bytes() - bytes;
      if (i > first && (full || !together(records.get(first), records.get(i), order))) {
        frames.add(frame(records.subList(first, i), order, bytes));
        first = i;
        bytes = 0;
      }
      bytes += size;
    }
    frames.add(frame(records.subList(first, records.size()), order, bytes));
    return frames;
  }

  private static boolean together(
      ConsumerRecord<?, ?> first, ConsumerRecord<?, ?> next, MergeOrder order) {
    return order.together(RecordTime.of(first), RecordTime.of(next));
  }

  private static ConsumerRecord<byte[], byte[]> frame(
      List<ConsumerRecord<byte[], byte[]>> records, MergeOrder order, int bytes) {
    return Frame.of(records, order.timeOf(RecordTime.of(records.get(0))), bytes);
  }

  @Override
  public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

  @Override
  public void close() {}
}
