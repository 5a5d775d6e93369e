package dev.elbow.detector.packing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordPackerTest {

  private static final String TOPIC = "observations";
  private static final int PLENTY = 1 << 20;
  private static final long TIME = 1_772_352_930_250L;

  @Test
  void givesBackEveryRecordAsItWas() {
    Random random = new Random(1);
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      records.add(anyRecord(random, 7L * i)); // offsets have gaps after transactions
    }

    List<ConsumerRecord<byte[], byte[]>> frames = pack(packer(32, 2000, null), records);

    assertThat(frames.size()).isBetween(500 / 32, 250);
    assertThat(frames).allSatisfy(frame -> assertThat(Frame.in(frame.headers())).isPresent());
    assertThat(contents(frames)).isEqualTo(records.stream().map(Content::of).toList());
  }

  @Test
  void frameStandsAtTheOffsetTimeAndLeaderEpochOfItsFirstRecord() {
    List<ConsumerRecord<byte[], byte[]>> records =
        List.of(record(TOPIC, 40, TIME + 5), record(TOPIC, 41, TIME), record(TOPIC, 43, TIME + 9));

    List<ConsumerRecord<byte[], byte[]>> frames = pack(packer(10, PLENTY, null), records);

    assertThat(frames).hasSize(1);
    assertThat(frames.get(0).offset()).isEqualTo(40);
    assertThat(frames.get(0).timestamp()).isEqualTo(TIME + 5);
    assertThat(frames.get(0).leaderEpoch()).contains(3);
  }

  @Test
  void passesOnWhereThePollEndsAndEveryPartitionInItsOrder() {
    TopicPartition first = new TopicPartition(TOPIC, 0);
    TopicPartition second = new TopicPartition(TOPIC, 1);
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> polled = new LinkedHashMap<>();
    polled.put(second, List.of(record(TOPIC, 1, TIME)));
    polled.put(first, List.of(record(TOPIC, 8, TIME), record(TOPIC, 9, TIME)));
    Map<TopicPartition, OffsetAndMetadata> next =
        Map.of(first, new OffsetAndMetadata(12), second, new OffsetAndMetadata(2));

    ConsumerRecords<byte[], byte[]> packed =
        packer(10, PLENTY, null).onConsume(new ConsumerRecords<>(polled, next));

    assertThat(packed.nextOffsets()).isEqualTo(next);
    assertThat(packed.partitions()).containsExactly(second, first);
    assertThat(packed.records(first)).hasSize(1);
    assertThat(packed.records(second)).hasSize(1);
  }

  @Test
  void boundsTheBytesOfFrameButTakesAnyRecord() {
    List<ConsumerRecord<byte[], byte[]>> records =
        List.of(
            record(0, TIME, new byte[300]),
            record(1, TIME, new byte[300]),
            record(2, TIME, new byte[300]),
            record(3, TIME, new byte[5000]),
            record(4, TIME, new byte[300]));

    List<ConsumerRecord<byte[], byte[]>> frames = pack(packer(10, 700, null), records);

    assertThat(frames).extracting(ConsumerRecord::offset).containsExactly(0L, 2L, 3L, 4L);
  }

  @Test
  void leavesOtherTopicsAlone() {
    List<ConsumerRecord<byte[], byte[]>> records =
        List.of(record("other", 0, TIME), record("other", 1, TIME));

    assertThat(pack(packer(10, PLENTY, null), records)).isEqualTo(records);
  }

  @Test
  void takesNoRecordForFrameThatOnlyClaimsToBeOne() {
    Headers headers = new RecordHeaders().add("elbow.frame", new byte[16]);

    assertThat(Frame.in(headers)).isEmpty();
    assertThat(Frame.in(new RecordHeaders().add("elbow.frame", null))).isEmpty();
    assertThat(Frame.in(new RecordHeaders())).isEmpty();
  }

  @Test
  void holdsNothingOnceItsRecordsAreReleased() {
    ConsumerRecord<byte[], byte[]> packed =
        pack(packer(10, PLENTY, null), List.of(record(TOPIC, 40, TIME))).get(0);
    Frame frame = Frame.in(packed.headers()).orElseThrow();

    frame.release();

    assertThat(frame.records()).isEmpty();
  }

  /** The last tick there is has no last millisecond; a time below 0 would come before all. */
  @Test
  void ordersTheLastTimeThereIsLast() {
    RecordPacker packer = packer(10, PLENTY, "acknowledgements");

    List<ConsumerRecord<byte[], byte[]>> frames =
        pack(packer, List.of(record("acknowledgements", 0, Long.MAX_VALUE)));

    assertThat(frames).extracting(ConsumerRecord::timestamp).containsExactly(Long.MAX_VALUE);
  }

  /** 250 ms is in the middle of a tick; acknowledgements come after all observations of theirs. */
  @Test
  void ordersTwoTopicsByTicksHoweverTheyArePacked() {
    RecordPacker packer = packer(10, PLENTY, "acknowledgements");

    List<ConsumerRecord<byte[], byte[]>> observations =
        pack(
            packer,
            List.of(
                record(TOPIC, 0, TIME - 50),
                record(TOPIC, 1, TIME),
                record(TOPIC, 2, TIME + 49),
                record(TOPIC, 3, TIME + 50),
                record(TOPIC, 4, TIME)));
    List<ConsumerRecord<byte[], byte[]>> acknowledgements =
        pack(packer, List.of(record("acknowledgements", 0, TIME)));

    assertThat(observations).extracting(ConsumerRecord::offset).containsExactly(0L, 3L, 4L);
    assertThat(observations)
        .extracting(ConsumerRecord::timestamp)
        .containsExactly(TIME - 50, TIME + 50, TIME - 50);
    assertThat(acknowledgements).extracting(ConsumerRecord::timestamp).containsExactly(TIME + 49);
    assertThat(contents(acknowledgements)).extracting(Content::time).containsExactly(TIME);
  }

  /** What matters of a record, comparable. */
  private record Content(
      long offset, long time, @Nullable String key, @Nullable String value, List<String> headers) {

    static Content of(ConsumerRecord<byte[], byte[]> record) {
      return new Content(
          record.offset(),
          Math.max(0, record.timestamp()),
          text(record.key()),
          text(record.value()),
          texts(record.headers()));
    }

    static Content of(PackedRecord packed) {
      return new Content(
          packed.offset(),
          packed.record().timestamp(),
          text(packed.record().key()),
          text(packed.record().value()),
          texts(packed.record().headers()));
    }

    private static List<String> texts(Headers headers) {
      List<String> texts = new ArrayList<>();
      for (Header header : headers) {
        texts.add(header.key() + "=" + text(header.value()));
      }
      return texts;
    }

    private static @Nullable String text(byte @Nullable [] bytes) {
      return bytes == null ? null : new String(bytes, UTF_8);
    }
  }

  private static List<Content> contents(List<ConsumerRecord<byte[], byte[]>> frames) {
    return frames.stream()
        .flatMap(frame -> Frame.in(frame.headers()).orElseThrow().records().stream())
        .map(Content::of)
        .toList();
  }

  private static List<ConsumerRecord<byte[], byte[]>> pack(
      RecordPacker packer, List<ConsumerRecord<byte[], byte[]>> records) {
    TopicPartition partition = new TopicPartition(records.get(0).topic(), 0);
    return packer
        .onConsume(new ConsumerRecords<>(Map.of(partition, records), Map.of()))
        .records(partition);
  }

  private static RecordPacker packer(int records, int bytes, @Nullable String acknowledgements) {
    RecordPacker packer = new RecordPacker();
    packer.configure(
        new PackingSettings(records, bytes, TOPIC, Optional.ofNullable(acknowledgements))
            .toProperties());
    return packer;
  }

  /** Keys and values that are null, empty or of some bytes, and none to three headers likewise. */
  private static ConsumerRecord<byte[], byte[]> anyRecord(Random random, long offset) {
    Headers headers = new RecordHeaders();
    for (int i = random.nextInt(4); i > 0; i--) {
      headers.add("ü".repeat(random.nextInt(3)), anyText(random));
    }
    long time = random.nextInt(10) == 0 ? -1 : TIME + random.nextInt(1000);
    return record(TOPIC, offset, time, anyText(random), anyText(random), headers);
  }

  private static byte @Nullable [] anyText(Random random) {
    return random.nextInt(4) == 0 ? null : "€x".repeat(random.nextInt(20)).getBytes(UTF_8);
  }

  private static ConsumerRecord<byte[], byte[]> record(String topic, long offset, long time) {
    return record(topic, offset, time, null, new byte[] {1}, new RecordHeaders());
  }

  private static ConsumerRecord<byte[], byte[]> record(long offset, long time, byte[] value) {
    return record(TOPIC, offset, time, null, value, new RecordHeaders());
  }

  private static ConsumerRecord<byte[], byte[]> record(
      String topic,
      long offset,
      long time,
      byte @Nullable [] key,
      byte @Nullable [] value,
      Headers headers) {
    return new ConsumerRecord<>(
        topic,
        0,
        offset,
        time,
        TimestampType.CREATE_TIME,
        -1,
        -1,
        key,
        value,
        headers,
        Optional.of(3));
  }
}
