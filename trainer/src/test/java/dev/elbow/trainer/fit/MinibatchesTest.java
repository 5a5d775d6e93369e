package dev.elbow.trainer.fit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbow.score.Mask;
import dev.elbow.score.Rows;
import dev.elbow.trainer.fit.Minibatches.Minibatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MinibatchesTest {

  /** Row i is (i, −i). */
  private static Rows rows(int count) {
    Rows rows = Rows.zeros(count, 2);
    for (int i = 0; i < count; i++) {
      rows.set(i, 0, i);
      rows.set(i, 1, -i);
    }
    return rows;
  }

  private static Minibatches minibatches(int count, int batchSize) {
    return new Minibatches(rows(count), Mask.all(count, 2), batchSize, new SplittableRandom(1));
  }

  private static List<Double> firstColumn(Minibatch batch) {
    List<Double> column = new ArrayList<>();
    for (int i = 0; i < batch.x().numRows; i++) {
      column.add(batch.x().get(i, 0));
    }
    return column;
  }

  @Test
  void epochShowsEveryRowOnce() {
    Minibatches minibatches = minibatches(6, 3);

    List<Double> epoch = new ArrayList<>(firstColumn(minibatches.next()));
    epoch.addAll(firstColumn(minibatches.next()));

    assertThat(epoch).containsExactlyInAnyOrder(0.0, 1.0, 2.0, 3.0, 4.0, 5.0);
  }

  @Test
  void everyEpochHasItsOwnOrder() {
    Minibatches minibatches = minibatches(50, 50);

    List<Double> first = firstColumn(minibatches.next());
    List<Double> second = firstColumn(minibatches.next());

    assertThat(first).isNotEqualTo(second).containsExactlyInAnyOrderElementsOf(second);
  }

  @Test
  void sameSeedGivesTheSameOrder() {
    assertThat(firstColumn(minibatches(50, 20).next()))
        .isEqualTo(firstColumn(minibatches(50, 20).next()));
  }

  @Test
  void rowsLeftOverSitTheEpochOut() {
    Minibatches minibatches = minibatches(5, 3);

    assertThat(minibatches.next().x().numRows).isEqualTo(3);
    assertThat(minibatches.next().x().numRows).isEqualTo(3);
    assertThat(firstColumn(minibatches.next())).doesNotHaveDuplicates();
  }

  @Test
  void setSmallerThanABatchIsOneMinibatch() {
    assertThat(firstColumn(minibatches(2, 64).next())).containsExactlyInAnyOrder(0.0, 1.0);
  }

  @Test
  void whatIsMissingTravelsWithItsRow() {
    Rows rows = rows(4);
    Mask mask = Mask.all(4, 2);
    mask.miss(2, 1);

    Minibatch batch = new Minibatches(rows, mask, 4, new SplittableRandom(3)).next();

    int where = firstColumn(batch).indexOf(2.0);
    assertThat(batch.mask().observed(where, 1)).isFalse();
    assertThat(batch.mask().observed(where, 0)).isTrue();
    assertThat(observed(batch.mask())).isEqualTo(7);
  }

  @Test
  void rowsStayAsTheyAre() {
    Rows rows = rows(8);
    double[] before = rows.values().clone();

    new Minibatches(rows, Mask.all(8, 2), 3, new SplittableRandom(3)).next();

    assertThat(Arrays.equals(rows.values(), before)).isTrue();
  }

  private static int observed(Mask mask) {
    int sum = 0;
    for (int i = 0; i < mask.count(); i++) {
      sum += mask.observedIn(i);
    }
    return sum;
  }
}
