package dev.elbow.detector.replay;

import dev.elbow.alarm.TwoClocks;
import dev.elbow.bundle.Manifest;
import dev.elbow.bundle.ModelBundle;
import dev.elbow.event.Coordinates;
import dev.elbow.event.ObservationRow;
import dev.elbow.event.RowReader;
import dev.elbow.event.SensorColumns;
import dev.elbow.input.InvalidInputException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The record an anomaly was read from, and those of the same entity before it that its score, its
 * average and its alarm can depend on.
 *
 * <p>An average forgets: after n rows, what an exponential one held before weighs (1 − 1/N)^n of
 * what it did, with N rows of memory. {@value #MEMORIES} · N rows make that 2·10⁻⁹, so as many are
 * asked for, of the longest memory that the alarm rule has, and the window besides.
 */
final class SourceRows {

  private static final int MEMORIES = 20;

  private final List<ConsumerRecord<byte[], byte[]>> rows;
  private final boolean enough;

  private SourceRows(List<ConsumerRecord<byte[], byte[]>> rows, boolean enough) {
    this.rows = rows;
    this.enough = enough;
  }

  /** The entity's records in the order of their offsets; the last is the source. */
  List<ConsumerRecord<byte[], byte[]>> records() {
    return rows;
  }

  /** Whether there are as many as could matter, or all since the model began. */
  boolean areEnough() {
    return enough;
  }

  /**
   * Reads them.
   *
   * @param acknowledged the offset before which a shift of the entity was first acknowledged, if
   *     any was: what was usual then does not fade, so as many rows before that are needed
   * @throws InvalidInputException if the source is no longer there
   */
  static SourceRows of(
      TopicRecords records,
      Coordinates source,
      String entity,
      ModelBundle bundle,
      Circumstances circumstances,
      Optional<Long> acknowledged) {
    Optional<Long> since = circumstances.since();
    TopicPartition partition = new TopicPartition(source.topic(), source.partition());
    long first = records.first(partition);
    checkThere(source, first, records.end(partition));
    since.ifPresent(offset -> checkBefore(source, offset));
    int needed = since.isPresent() ? Integer.MAX_VALUE : needed(bundle.manifest());
    long behind = Math.min(source.offset(), acknowledged.orElse(Long.MAX_VALUE));
    long from = Math.max(first, since.orElse(behind - 2L * needed));
    while (true) {
      Deque<ConsumerRecord<byte[], byte[]>> rows =
          read(
              records,
              partition,
              from,
              source,
              entity,
              circumstances.format().rows(columns(bundle)));
      if (rows.isEmpty() || rows.getLast().offset() != source.offset()) {
        throw new InvalidInputException(
            source + ": there is no record there any more: compaction has deleted it");
      }
      boolean enough = rows.stream().filter(row -> row.offset() < behind).count() >= needed;
      if (enough || since.isPresent() || from == first) {
        boolean all = first == 0 || since.filter(offset -> offset >= first).isPresent();
        return new SourceRows(List.copyOf(rows), enough || all);
      }
      from = Math.max(first, behind - 4 * (behind - from)); // others' rows lie between
    }
  }

  private static void checkThere(Coordinates source, long first, long end) {
    if (source.offset() < first) {
      throw new InvalidInputException(
          "%s: the source record has been deleted by the topic's retention; the earliest record left is %d. Nothing can be verified of this anomaly"
              .formatted(source, first));
    }
    if (source.offset() >= end) {
      throw new InvalidInputException(
          "%s: the partition ends before it, at %d; has the topic been made anew, or is it another cluster?"
              .formatted(source, end));
    }
  }

  private static void checkBefore(Coordinates source, long since) {
    if (since > source.offset()) {
      throw new InvalidInputException(
          "--since: expected an offset of at most %d, where the source lies; found %d"
              .formatted(source.offset(), since));
    }
  }

  /** How many rows before the source can matter. */
  private static int needed(Manifest manifest) {
    double memory = 1 / manifest.alarms().smoothing().alpha();
    if (manifest.alarms().rule() instanceof TwoClocks clocks) {
      memory = Math.max(memory, clocks.clocks().fastRows());
      memory = Math.max(memory, clocks.clocks().slowRows());
    }
    int window = manifest.window().blocks().stream().mapToInt(Integer::intValue).sum();
    return window - 1 + (memory > 1 ? (int) Math.ceil(MEMORIES * memory) : 0);
  }

  private static SensorColumns columns(ModelBundle bundle) {
    return SensorColumns.of(bundle.rowTransform().names());
  }

  /** The source itself is among them whatever it says. */
  private static Deque<ConsumerRecord<byte[], byte[]>> read(
      TopicRecords records,
      TopicPartition partition,
      long from,
      Coordinates source,
      String entity,
      RowReader reader) {
    Deque<ConsumerRecord<byte[], byte[]>> rows = new ArrayDeque<>();
    records.read(
        partition,
        from,
        source.offset() + 1,
        batch ->
            batch.stream()
                .filter(
                    record -> record.offset() == source.offset() || isOf(entity, record, reader))
                .forEach(rows::add));
    return rows;
  }

  private static boolean isOf(
      String entity, ConsumerRecord<byte[], byte[]> record, RowReader reader) {
    Instant time = Instant.ofEpochMilli(Math.max(0, record.timestamp()));
    return reader.read(record.key(), record.value(), time) instanceof ObservationRow row
        && row.entity().equals(entity);
  }
}
