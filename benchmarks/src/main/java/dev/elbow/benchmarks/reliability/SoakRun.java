package dev.elbow.benchmarks.reliability;

import dev.elbow.benchmarks.reliability.DetectorProcess.Program;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What came of a soak.
 *
 * @param samples in the order of time
 * @param trial what became of the records
 */
record SoakRun(List<Sample> samples, Trial trial) {

  private static final Duration INTERVAL = Duration.ofSeconds(1);

  SoakRun {
    samples = List.copyOf(samples);
  }

  /**
   * Lets a detector run under load while its model is swapped again and again.
   *
   * @param swaps spread evenly over the duration
   * @param listener told of every sample
   * @throws IOException if a process cannot be started, or ends
   * @throws IllegalStateException if a model that was swapped in never scores
   */
  static SoakRun of(
      Variant variant, int swaps, Duration duration, Grounds grounds, Consumer<Sample> listener)
      throws IOException, InterruptedException, ExecutionException {
    try (Stage stage =
        new Stage(grounds.place("soak"), Program.DETECTOR, false, variant, 1, grounds)) {
      stage.awaitFlow();
      stage.latencies().take();
      List<Sample> samples = new ArrayList<>();
      long start = System.nanoTime();
      int swapped = 0;
      for (long elapsed = 0; elapsed < duration.toNanos(); elapsed = System.nanoTime() - start) {
        if (swapped < (double) swaps * elapsed / duration.toNanos()) {
          stage.swapModel();
          swapped++;
        }
        double minutes = (System.nanoTime() - start) / 60e9;
        Sample sample = Sample.take(minutes, stage.first(), stage.latencies(), swapped);
        samples.add(sample);
        listener.accept(sample);
        TimeUnit.MILLISECONDS.sleep(INTERVAL.toMillis());
      }
      return new SoakRun(samples, stage.finish(false));
    }
  }
}
