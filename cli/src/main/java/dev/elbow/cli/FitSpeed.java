package dev.elbow.cli;

import dev.elbow.trainer.fit.FitListener;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Measures how fast a fit goes: from the end of its first round, when everything is loaded, to the
 * end of its last, all members together and with the held-out rows that are scored on the way.
 */
final class FitSpeed implements FitListener {

  private final LongSupplier nanoTime;
  private int rounds;
  private long first;
  private long last;

  /**
   * @param nanoTime a clock that counts on, as {@code System::nanoTime}
   */
  FitSpeed(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  @Override
  public void onRound(Progress progress) {
    last = nanoTime.getAsLong();
    if (rounds == 0) {
      first = last;
    }
    rounds++;
  }

  /**
   * In words.
   *
   * @param batchSize rows of a minibatch
   * @param products who multiplied the matrices
   */
  String text(int batchSize, String products) {
    double seconds = Duration.ofNanos(last - first).toNanos() / 1e9;
    String speed =
        seconds > 0
            ? "%,.0f samples/s: ".formatted((rounds - 1) * (double) batchSize / seconds)
            : "";
    return "%s%,d minibatches of %,d rows in %.1f s, matrix products by %s"
        .formatted(speed, rounds, batchSize, seconds, products);
  }
}
