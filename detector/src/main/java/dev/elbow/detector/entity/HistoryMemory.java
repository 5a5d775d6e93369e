package dev.elbow.detector.entity;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the histories in memory may take, shared by the tasks of a detector in equal parts. Safe for
 * use by several threads.
 */
public final class HistoryMemory {

  private final long bytes;
  private final AtomicInteger tasks = new AtomicInteger();

  /**
   * @param bytes for all tasks together
   */
  public HistoryMemory(long bytes) {
    this.bytes = bytes;
  }

  /** One more task shares it. */
  void join() {
    tasks.incrementAndGet();
  }

  /** One task less shares it. */
  void leave() {
    tasks.decrementAndGet();
  }

  /** The part of each task, in bytes. */
  long share() {
    return bytes / Math.max(1, tasks.get());
  }
}
