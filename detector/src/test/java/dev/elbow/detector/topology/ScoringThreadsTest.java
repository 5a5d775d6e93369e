package dev.elbow.detector.topology;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ScoringThreadsTest {

  @Test
  void runsWhatIsOfferedBesideWhoeverOffersIt() throws Exception {
    CompletableFuture<String> ran = new CompletableFuture<>();

    try (ScoringThreads threads = new ScoringThreads(1)) {
      threads.offer(() -> ran.complete(Thread.currentThread().getName()));

      assertThat(ran.get(10, SECONDS)).isEqualTo("elbow-scoring-1");
    }
  }

  @Test
  void leavesWhatIsOfferedAfterTheEnd() {
    ScoringThreads threads = new ScoringThreads(1);
    threads.close();
    List<String> ran = new ArrayList<>();

    assertThatNoException().isThrownBy(() -> threads.offer(() -> ran.add("part")));

    assertThat(ran).isEmpty();
  }
}
