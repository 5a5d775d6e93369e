package dev.elbow.trainer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/** Does several pieces of work at once, as many as there are processors. */
final class Parallel {

  private Parallel() {}

  /**
   * Does all of it; a single piece on the calling thread. When one fails, the threads of the others
   * are interrupted and its exception is thrown.
   *
   * @return the results, in the order of the work
   * @throws CancellationException if the calling thread is interrupted
   */
  static <T> List<T> all(List<Supplier<T>> work) {
    if (work.size() == 1) {
      return List.of(work.get(0).get());
    }
    int threads = Math.min(work.size(), Runtime.getRuntime().availableProcessors());
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      var completion = new ExecutorCompletionService<T>(executor);
      List<Future<T>> futures = work.stream().map(piece -> completion.submit(piece::get)).toList();
      for (int i = 0; i < futures.size(); i++) {
        completion.take().get();
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException("a thread of the fit failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    } finally {
      executor.shutdownNow();
    }
  }
}
