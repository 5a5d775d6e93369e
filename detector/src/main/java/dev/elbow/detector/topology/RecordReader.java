package dev.elbow.detector.topology;

import dev.elbow.detector.models.LoadedModel;
import dev.elbow.detector.models.Models;
import dev.elbow.event.Decoded;
import dev.elbow.event.DecodedRow;
import dev.elbow.event.ObservationFormat;
import dev.elbow.event.ObservationRow;
import dev.elbow.event.RejectionReason;
import dev.elbow.event.RowReader;
import dev.elbow.event.SensorColumns;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads records into the rows of their models.
 *
 * <p>Which model that is, entity and time of the observation say, which are known once it has been
 * read, and to read it a model's columns must be known. So it is read for the model that key and
 * timestamp of the record point to, which is nearly always the one; if it is not, it is read again.
 * What comes of it depends on nothing but the record and the models.
 *
 * <p>For use by one thread.
 */
final class RecordReader {

  /** Models whose readers are kept; another reader is made in microseconds. */
  private static final int MOST_READERS = 16;

  private final ObservationFormat format;
  private final int maxBytes;

  /** By the ids of their bundles, least recently used first. */
  private final Map<String, RowReader> readers =
      new LinkedHashMap<>(MOST_READERS, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, RowReader> eldest) {
          return size() > MOST_READERS;
        }
      };

  /**
   * @param maxBytes a record whose value is larger is not read
   */
  RecordReader(ObservationFormat format, int maxBytes) {
    this.format = format;
    this.maxBytes = maxBytes;
  }

  /** What came of reading a record. */
  sealed interface Read {

    /**
     * It holds an observation.
     *
     * @param row in the columns of the model
     */
    record Row(SourceRecord source, ObservationRow row, LoadedModel model) implements Read {}

    /**
     * It cannot be used.
     *
     * @param model that it was read for, if there is one
     */
    record Unfit(
        SourceRecord source, RejectionReason reason, String detail, Optional<LoadedModel> model)
        implements Read {}
  }

  Read read(SourceRecord source, Models.Hold models) {
    Optional<LoadedModel> guess = models.of(source.entityOfKey(), source.timestamp());
    Optional<String> oversized = source.oversized(maxBytes);
    if (oversized.isPresent()) {
      return new Read.Unfit(source, RejectionReason.OVERSIZED, oversized.get(), guess);
    }
    DecodedRow decoded = decode(source, guess);
    if (decoded instanceof Decoded.Invalid invalid) {
      return unfit(source, invalid, guess);
    }
    ObservationRow row = (ObservationRow) decoded;
    Optional<LoadedModel> model = models.of(row.entity(), row.timestamp());
    if (model.isEmpty()) {
      return new Read.Unfit(
          source,
          RejectionReason.NO_MODEL,
          "expected a model that is activated for the entity at %s, found none"
              .formatted(row.timestamp()),
          model);
    }
    models.judged(row.timestamp());
    return guess.isPresent() && guess.get() == model.get()
        ? new Read.Row(source, row, model.get())
        : readAgain(source, model.get());
  }

  private Read readAgain(SourceRecord source, LoadedModel model) {
    DecodedRow decoded = decode(source, Optional.of(model));
    return decoded instanceof ObservationRow row
        ? new Read.Row(source, row, model)
        : unfit(source, (Decoded.Invalid) decoded, Optional.of(model));
  }

  private DecodedRow decode(SourceRecord source, Optional<LoadedModel> model) {
    RowReader reader =
        model
            .map(some -> readers.computeIfAbsent(some.id(), id -> readerOf(some.sensors())))
            .orElseGet(() -> readerOf(List.of()));
    return reader.read(source.record().key(), source.record().value(), source.timestamp());
  }

  private RowReader readerOf(List<String> sensors) {
    return format.rows(SensorColumns.of(sensors));
  }

  private static Read unfit(
      SourceRecord source, Decoded.Invalid invalid, Optional<LoadedModel> model) {
    return new Read.Unfit(source, invalid.reason(), invalid.detail(), model);
  }
}
