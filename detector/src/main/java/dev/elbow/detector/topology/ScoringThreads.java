package dev.elbow.detector.topology;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads that score parts of a {@link Batch} beside the stream threads, all of which share them.
 *
 * <p>They are a help and nothing more: whoever offers a part scores it himself if none of them has
 * begun with it by the time it is needed. So too few of them, or none, cost speed alone; and as a
 * batch is whole before its records' outcomes are sent, they change nothing of when that is.
 */
public final class ScoringThreads implements AutoCloseable {

  /** Idle threads end; the next large batch starts them again. */
  private static final long IDLE_SECONDS = 10;

  /** What comes after the end is scored by whoever offered it. */
  private static final RejectedExecutionHandler LEAVE_IT = (part, threads) -> {};

  private final int count;
  private final ThreadPoolExecutor threads;

  /**
   * @param count how many; with 0 batches are not divided
   */
  public ScoringThreads(int count) {
    this.count = count;
    AtomicInteger started = new AtomicInteger();
    this.threads =
        new ThreadPoolExecutor(
            Math.max(1, count),
            Math.max(1, count),
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            part -> {
              Thread thread = new Thread(part, "elbow-scoring-" + started.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            },
            LEAVE_IT);
    threads.allowCoreThreadTimeOut(true);
  }

  /** No threads. */
  static ScoringThreads none() {
    return new ScoringThreads(0);
  }

  /** Whether there are any. */
  boolean any() {
    return count > 0;
  }

  /** Offers a part. It must do nothing when it is run again. */
  void offer(Runnable part) {
    threads.execute(part);
  }

  /** Ends them; parts that nobody has begun with are left to whoever offered them. */
  @Override
  public void close() {
    threads.shutdown();
    threads.getQueue().clear();
  }
}
