package dev.elbow.modeltopic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbow.event.Activation;
import dev.elbow.event.EntityGroup;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CatalogTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final String A = "a".repeat(64);
  private static final String B = "b".repeat(64);

  private final Catalog catalog = new Catalog();
  private long offset;

  @Test
  void hasBundleWhenAllItsChunksAreThereInWhateverOrder() {
    List<BundleChunk> chunks = BundleChunk.split(A, new byte[100], 40);

    take(chunks.get(2));
    take(chunks.get(0));
    take(chunks.get(0));
    assertThat(catalog.bundle(A).orElseThrow().isComplete()).isFalse();
    assertThat(catalog.bundle(A).orElseThrow().chunksThere()).isEqualTo(2);

    take(chunks.get(1));
    assertThat(catalog.bundle(A).orElseThrow().isComplete()).isTrue();
  }

  @Test
  void followsActivationOnceItsBundleIsComplete() {
    List<BundleChunk> chunks = BundleChunk.split(A, new byte[100], 60);
    Activation activation = activation(Optional.of(A), NOON);

    take(chunks.get(0));
    take(activation);
    assertThat(catalog.followable()).isEmpty();

    take(chunks.get(1));
    assertThat(catalog.followable()).containsExactly(activation);
  }

  @Test
  void doesNotLetCompleteBundleBeWrittenOver() {
    BundleChunk first = BundleChunk.split(A, new byte[100], 100).get(0);
    BundleChunk other = BundleChunk.split(A, new byte[60], 30).get(0);

    assertThat(take(first)).isTrue();
    assertThat(take(other)).isFalse();

    assertThat(catalog.bundle(A).orElseThrow().file()).isEqualTo(first.file());
    assertThat(catalog.bundle(A).orElseThrow().isComplete()).isTrue();
  }

  @Test
  void beginsAnewWithAnotherDivisionOfHalfPublishedBundle() {
    take(BundleChunk.split(A, new byte[100], 40).get(2));
    BundleChunk whole = BundleChunk.split(A, new byte[100], 100).get(0);

    take(whole);

    assertThat(catalog.bundle(A).orElseThrow().isComplete()).isTrue();
  }

  @Test
  void forgetsWhatIsRemovedAndFollowsItsActivationsNoMore() {
    Activation activation = activation(Optional.of(A), NOON);
    Activation end = activation(Optional.empty(), NOON.plusSeconds(1));
    take(BundleChunk.split(A, new byte[100], 100).get(0));
    take(activation);
    take(end);

    catalog.take(new ModelRecord.BundleRemoved(A), offset++, NOON);
    assertThat(catalog.followable()).containsExactly(end);

    catalog.take(new ModelRecord.ActivationRemoved(ModelRecords.keyOf(end)), offset++, NOON);
    assertThat(catalog.followable()).isEmpty();
  }

  /** A compacted log has lost all records but the last of each key; it must say the same. */
  @Test
  void saysTheSameOfCompactedLog() {
    take(BundleChunk.split(A, new byte[10], 10).get(0));
    take(BundleChunk.split(B, new byte[10], 10).get(0));
    take(activation(Optional.of(A), NOON));
    take(activation(Optional.of(B), NOON.plusSeconds(60)));
    take(activation(Optional.of(B), NOON));
    Catalog compacted = new Catalog();
    compacted.take(new ModelRecord.Chunk(BundleChunk.split(A, new byte[10], 10).get(0)), 0, NOON);
    compacted.take(new ModelRecord.Chunk(BundleChunk.split(B, new byte[10], 10).get(0)), 1, NOON);
    compacted.take(
        new ModelRecord.Activated(activation(Optional.of(B), NOON.plusSeconds(60))), 3, NOON);
    compacted.take(new ModelRecord.Activated(activation(Optional.of(B), NOON)), 4, NOON);

    assertThat(compacted.followable()).isEqualTo(catalog.followable());
    assertThat(compacted.activations()).isEqualTo(catalog.activations());
  }

  private boolean take(BundleChunk chunk) {
    return catalog.take(new ModelRecord.Chunk(chunk), offset++, NOON);
  }

  private void take(Activation activation) {
    catalog.take(new ModelRecord.Activated(activation), offset++, NOON);
  }

  private static Activation activation(Optional<String> bundle, Instant from) {
    return new Activation(bundle, from, EntityGroup.ALL);
  }
}
