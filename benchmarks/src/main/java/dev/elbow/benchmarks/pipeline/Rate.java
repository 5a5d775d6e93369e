package dev.elbow.benchmarks.pipeline;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How fast a stream goes, once it goes. */
final class Rate {

  /** To look takes some milliseconds of the detector: it tells of all its metrics for that. */
  private static final Duration PAUSE = Duration.ofMillis(200);

  /** What a stream does before it is watched: classes are loaded, buffers fill. */
  private static final double LEAD = 0.25;

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private Rate() {}

  /**
   * Watches a stream from the time it has done a quarter of its records, until it has done them all
   * or some time has gone by.
   *
   * @param done how many records it has done
   * @param all how many there are
   * @param most how long to watch at most
   * @return records per second
   * @throws IllegalStateException if it does not begin
   */
  static double of(LongSupplier done, long all, Duration most) throws InterruptedException {
    return watch(done, all, (long) Math.ceil(LEAD * all), most.dividedBy(2), most);
  }

  /**
   * Watches a stream from some time after its first record on.
   *
   * @param warmUp how long it goes before it is watched
   * @param done how many records it has done
   * @param all how many there are
   * @param most how long to watch at most
   * @return records per second; of all records if they are done before it is watched
   * @throws IllegalStateException if it does not begin
   */
  static double after(Duration warmUp, LongSupplier done, long all, Duration most)
      throws InterruptedException {
    return watch(done, all, all, warmUp, most);
  }

  private static double watch(
      LongSupplier done, long all, long leadRecords, Duration leadTime, Duration most)
      throws InterruptedException {
    long begun = System.nanoTime();
    long lead = -1;
    long from = begun;
    long seen = -1;
    long then = begun;
    while (true) {
      long count = done.getAsLong();
      long now = System.nanoTime();
      if (lead < 0 && count >= all) {
        return count / ((now - from) / 1e9); // too short to be watched
      } else if (lead < 0
          && (count >= leadRecords || (count > 0 && now - from > leadTime.toNanos()))) {
        lead = count;
        from = now;
      } else if (lead < 0 && count == 0) {
        from = now;
      } else if (count >= all && seen > lead) {
        return (seen - lead) / ((then - from) / 1e9); // all may have been done for a while
      } else if (lead >= 0 && (count >= all || now - from > most.toNanos()) && count > lead) {
        return (count - lead) / ((now - from) / 1e9);
      }
      if (now - begun > PATIENCE.toNanos()) {
        throw new IllegalStateException(
            "the stream has done %d of %d records".formatted(count, all));
      }
      seen = count;
      then = now;
      Thread.sleep(PAUSE.toMillis());
    }
  }
}
