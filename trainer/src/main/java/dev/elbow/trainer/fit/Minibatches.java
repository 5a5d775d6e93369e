package dev.elbow.trainer.fit;

import dev.elbow.score.Mask;
import dev.elbow.score.Rows;
import dev.elbow.trainer.vae.Cells;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;

/**
 * An endless sequence of minibatches: every epoch goes through the rows in a fresh random order.
 *
 * <p>All minibatches have the same size, the smaller of batch size and number of rows. The few rows
 * that would make a short last one sit that epoch out; the next shuffle picks others.
 */
public final class Minibatches {

  private final double[] cells;
  private final Mask mask;
  private final int size;
  private final RandomGenerator random;
  private final int[] order;
  private final DMatrixRMaj x;
  private int next;

  /**
   * One minibatch.
   *
   * @param x n×D; overwritten by the next call of {@link #next}
   * @param mask n×D, which cells were observed
   */
  public record Minibatch(DMatrixRMaj x, Mask mask) {}

  /**
   * @param rows N×D, at least one row; not modified
   * @param mask N×D; not modified
   * @param random where the shuffles come from
   */
  public Minibatches(Rows rows, Mask mask, int batchSize, RandomGenerator random) {
    this.cells = Cells.of(rows.values(), new double[0]);
    this.mask = mask;
    this.size = Math.min(batchSize, rows.count());
    this.random = random;
    this.order = new int[rows.count()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    this.x = new DMatrixRMaj(size, rows.columns());
    this.next = order.length;
  }

  /** Rows per minibatch. */
  int size() {
    return size;
  }

  /** The next one. */
  public Minibatch next() {
    if (next + size > order.length) {
      shuffle();
      next = 0;
    }
    int columns = x.numCols;
    int[] chosen = Arrays.copyOfRange(order, next, next + size);
    next += size;
    for (int i = 0; i < size; i++) {
      System.arraycopy(cells, chosen[i] * columns, x.data, i * columns, columns);
    }
    return new Minibatch(x, mask.rows(chosen));
  }

  /** Fisher and Yates: every order is equally likely. */
  private void shuffle() {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
  }
}
