package dev.elbow.detector.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbow.bundle.ModelBundle;
import dev.elbow.detector.TestBundles;
import dev.elbow.score.Mask;
import dev.elbow.score.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ActiveModelTest {

  private static final Rows ROW = Rows.zeros(1, 4);
  private static final Mask ALL = Mask.all(1, 4);
  private static final int SWAPS = 200;

  private final ActiveModel active = new ActiveModel();

  @AfterEach
  void close() {
    active.close();
  }

  @Test
  void keepsReplacedModelOpenForAsLongAsItIsLeased() {
    LoadedModel first = TestModels.load(TestBundles.standard());
    active.activate(first);

    try (ActiveModel.Lease lease = active.lease()) {
      active.activate(TestModels.load(TestBundles.bundle(TestBundles.SENSORS, List.of(), 20)));

      assertThat(lease.model()).isSameAs(first);
      assertThat(first.score(ROW, ALL)).hasSize(1);
    }

    assertThatThrownBy(() -> first.score(ROW, ALL)).hasMessageContaining("closed");
  }

  @Test
  void closesModelThatNobodyUsesWhenItIsReplaced() {
    LoadedModel first = TestModels.load(TestBundles.standard());
    active.activate(first);

    active.activate(TestModels.load(TestBundles.bundle(TestBundles.SENSORS, List.of(), 20)));

    assertThatThrownBy(() -> first.score(ROW, ALL)).hasMessageContaining("closed");
  }

  @Test
  void leasesNothingOnceClosed() {
    active.activate(TestModels.load(TestBundles.standard()));

    active.close();

    assertThat(active.id()).isEmpty();
    assertThatThrownBy(active::lease).hasMessage("no model is active");
  }

  @Test
  void scoresOnSeveralThreadsWhileModelsAreSwapped() throws Exception {
    ModelBundle one = TestBundles.standard();
    ModelBundle other = TestBundles.bundle(TestBundles.SENSORS, List.of(), 20);
    active.activate(TestModels.load(one));
    AtomicBoolean swapping = new AtomicBoolean(true);
    ExecutorService threads = Executors.newFixedThreadPool(2);

    List<Future<Integer>> scored = new ArrayList<>();
    scored.add(threads.submit(() -> scoreWhile(swapping)));
    scored.add(threads.submit(() -> scoreWhile(swapping)));
    for (int i = 0; i < SWAPS; i++) {
      active.activate(TestModels.load(i % 2 == 0 ? other : one));
    }
    swapping.set(false);

    assertThat(scored.get(0).get()).isPositive();
    assertThat(scored.get(1).get()).isPositive();
    threads.shutdown();
  }

  private int scoreWhile(AtomicBoolean swapping) {
    int rows = 0;
    do {
      try (ActiveModel.Lease lease = active.lease()) {
        rows += lease.model().score(ROW, ALL).size();
      }
    } while (swapping.get());
    return rows;
  }
}
