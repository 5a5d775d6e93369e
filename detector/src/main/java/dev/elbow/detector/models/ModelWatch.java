package dev.elbow.detector.models;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Looks at a model directory again and again, on a thread of its own. */
public final class ModelWatch implements AutoCloseable {

  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;

  private ModelWatch(ModelDirectory directory, Duration interval) {
    this.thread = new Thread(() -> watch(directory, interval), "elbow-models");
    thread.setDaemon(true);
  }

  /**
   * Starts to look.
   *
   * @param interval from the end of one look to the start of the next
   */
  public static ModelWatch start(ModelDirectory directory, Duration interval) {
    ModelWatch watch = new ModelWatch(directory, interval);
    watch.thread.start();
    return watch;
  }

  private void watch(ModelDirectory directory, Duration interval) {
    try {
      while (!stopping.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
        directory.look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends it; returns when the look that is going on has ended. */
  @Override
  public void close() {
    stopping.countDown();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
