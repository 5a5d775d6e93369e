package dev.elbow.benchmarks.reliability;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Waits for conditions. */
final class Await {

  private static final int INTERVAL_MS = 20;

  private Await() {}

  /** Whether the condition came to hold in time. */
  static boolean until(Duration patience, Callable<Boolean> condition) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (!holds(condition)) {
      if (System.nanoTime() >= end) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(INTERVAL_MS);
    }
    return true;
  }

  private static boolean holds(Callable<Boolean> condition) throws InterruptedException {
    try {
      return condition.call();
    } catch (InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("the condition cannot be told: " + e.getMessage(), e);
    }
  }
}
