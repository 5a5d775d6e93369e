package dev.elbow.detector;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Finds out that the machine's clock was set back. Kafka's clients time heartbeats and retries by
 * the highest time of day they have seen, and stand still until the clock is there again: an hour
 * for an hour. Forward jumps they overcome by joining their group once more.
 */
final class ClockWatch implements AutoCloseable {

  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final LongSupplier wallMillis;
  private final LongSupplier nanos;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private long lastWall;
  private long lastNanos;

  /**
   * @param wallMillis the time of day, which can be set
   * @param nanos time that only goes on
   */
  ClockWatch(LongSupplier wallMillis, LongSupplier nanos) {
    this.wallMillis = wallMillis;
    this.nanos = nanos;
    lastWall = wallMillis.getAsLong();
    lastNanos = nanos.getAsLong();
  }

  /**
   * Looks every second, on a thread of its own, until closed.
   *
   * @param most what Kafka can bear
   * @param setBack told once, when the clock was set back by more
   */
  static ClockWatch start(Duration most, Consumer<Duration> setBack) {
    ClockWatch watch = new ClockWatch(System::currentTimeMillis, System::nanoTime);
    Thread thread = new Thread(() -> watch.run(most, setBack), "elbow-clock");
    thread.setDaemon(true);
    thread.start();
    return watch;
  }

  private void run(Duration most, Consumer<Duration> setBack) {
    try {
      while (!stopping.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
        Duration by = setBack();
        if (by.compareTo(most) > 0) {
          setBack.accept(by);
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** By how much the clock was set back since the last look; negative if it was set forward. */
  Duration setBack() {
    long wall = wallMillis.getAsLong();
    long now = nanos.getAsLong();
    Duration by = Duration.ofNanos(now - lastNanos).minusMillis(wall - lastWall);
    lastWall = wall;
    lastNanos = now;
    return by;
  }

  @Override
  public void close() {
    stopping.countDown();
  }
}
