package dev.elbow.detector.entity;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which of an entity's rows are kept, and where they come from.
 *
 * @param layout tells lists of sensors apart: the rows of another list cannot be read by column
 * @param places how many rows are kept: row n, counted from 0, lies in place n mod places; 0 where
 *     none is kept
 * @param rows how many rows there have been
 * @param stretch how many of the newest follow one another without a gap
 * @param newest when the newest row was observed; the epoch before the first
 * @param outOfOrder offsets of the records since the newest row that were out of order
 * @param offset of the last record that was a row or out of order; −1 before the first
 */
record Series(
    long layout,
    int places,
    long rows,
    long stretch,
    Instant newest,
    List<Long> outOfOrder,
    long offset) {

  /** Nothing is known of the entity. */
  static final Series NONE = new Series(0, 0, 0, 0, Instant.EPOCH, List.of(), -1);

  /** Copies the list. */
  Series {
    outOfOrder = List.copyOf(outOfOrder);
  }

  boolean isEmpty() {
    return rows == 0;
  }

  /** Whether the newest row has nothing to go on from. */
  boolean beginsStretch() {
    return stretch == 1;
  }

  /** The place of row {@code n}, counted from 0; there must be places. */
  int place(long n) {
    return (int) (n % places);
  }

  /** The number of the oldest row that may be kept, counted from 0. */
  long oldest() {
    return Math.max(0, rows - places);
  }

  /** Whether the record of that offset has been dealt with, or lies before one that has. */
  boolean isPast(long recordOffset) {
    return recordOffset <= offset;
  }

  /** The same with other sensors: the rows so far are of no use to it. */
  Series of(long otherLayout) {
    return new Series(otherLayout, places, rows, 0, newest, outOfOrder, offset);
  }

  /** The same rows in another number of places. */
  Series in(int otherPlaces) {
    return new Series(layout, otherPlaces, rows, stretch, newest, outOfOrder, offset);
  }

  /** The next row begins a new stretch. */
  Series broken() {
    return new Series(layout, places, rows, 0, newest, outOfOrder, offset);
  }

  /** After one more row. */
  Series next(Instant observed, long recordOffset) {
    return new Series(layout, places, rows + 1, stretch + 1, observed, List.of(), recordOffset);
  }

  /** After a record that was out of order. */
  Series passing(long recordOffset) {
    List<Long> passed = Stream.concat(outOfOrder.stream(), Stream.of(recordOffset)).toList();
    return new Series(layout, places, rows, stretch, newest, passed, recordOffset);
  }

  /** Before the record of that offset, given the records out of order since the newest row. */
  Series before(long recordOffset, List<Long> passed) {
    List<Long> earlier = passed.stream().filter(one -> one < recordOffset).toList();
    return new Series(
        layout,
        places,
        rows,
        stretch,
        newest,
        earlier,
        earlier.isEmpty() ? offset : earlier.get(earlier.size() - 1));
  }

  /** Before the first row: what an entity starts over from. */
  Series forgotten() {
    return NONE.of(layout).in(places);
  }
}
