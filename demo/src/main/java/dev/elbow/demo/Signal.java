package dev.elbow.demo;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Something that happens once, and that waits on other things must not outlast. */
final class Signal {

  private final CountDownLatch latch = new CountDownLatch(1);

  /** May be called from any thread and more than once. */
  void give() {
    latch.countDown();
  }

  boolean given() {
    return latch.getCount() == 0;
  }

  /**
   * Waits until the time has passed or the signal is given.
   *
   * @return whether it is given
   */
  boolean await(Duration time) throws InterruptedException {
    return latch.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }
}
