package dev.elbow.detector.packing;

/**
 * Where the records of one source topic stand among those of the other. Kafka Streams merges the
 * topics of a task by the times of their next records, and the next of a packed topic is a whole
 * frame: which rows come before an acknowledgement must not depend on which rows a poll happened to
 * bring together.
 *
 * <p>So, where two topics are read, time is divided into ticks of {@value #TICK_MILLIS} ms. A frame
 * never reaches over a tick's end. All observations of a tick stand at its beginning, all
 * acknowledgements at its end: an acknowledgement comes after the observations of its tick and
 * before those of the next, however they are packed. Among themselves the records of a topic keep
 * the order of their partition in any case.
 */
enum MergeOrder {

  /** Only one topic is read: frames are as large as they can be. */
  ALONE {
    @Override
    long timeOf(long timestamp) {
      return timestamp;
    }

    @Override
    boolean together(long first, long next) {
      return true;
    }
  },

  /** Before what the other topic has in the same tick. */
  FIRST_IN_TICK {
    @Override
    long timeOf(long timestamp) {
      return timestamp - timestamp % TICK_MILLIS;
    }
  },

  /** After what the other topic has in the same tick. */
  LAST_IN_TICK {
    @Override
    long timeOf(long timestamp) {
      long first = FIRST_IN_TICK.timeOf(timestamp);
      return first + Math.min(TICK_MILLIS - 1, Long.MAX_VALUE - first); // the last tick is shorter
    }
  };

  /**
   * As long as a person who acknowledges would not notice; at more than some hundred records per
   * second and partition long enough for frames that are worth it.
   */
  static final long TICK_MILLIS = 100;

  /**
   * The time of a frame that begins with a record of that time.
   *
   * @param timestamp in milliseconds since the epoch, at least 0
   */
  abstract long timeOf(long timestamp);

  /** Whether a record of the second time may be in a frame that begins with one of the first. */
  boolean together(long first, long next) {
    return timeOf(first) == timeOf(next);
  }
}
