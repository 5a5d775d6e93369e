package dev.elbow.modeltopic;

import dev.elbow.event.Activation;
import java.time.Instant;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the models topic says by now: its records are taken in their order in the log, from the
 * first on. It holds no content of bundles. For use by one thread.
 */
public final class Catalog {

  private final Map<String, Arriving> bundles = new LinkedHashMap<>();

  /** By key, in the order of the log. */
  private final Map<String, Placed> activations = new LinkedHashMap<>();

  /**
   * A bundle, perhaps not all of it.
   *
   * @param file the whole
   * @param chunksThere how many of its chunks are there
   * @param published when its newest chunk was sent
   */
  public record Listed(BundleFile file, int chunksThere, Instant published) {

    /** Whether all of it is there. */
    public boolean isComplete() {
      return chunksThere == file.chunks();
    }
  }

  /**
   * An activation and where it stands.
   *
   * @param activation what it says
   * @param offset of its record
   * @param published when it was sent
   */
  public record Placed(Activation activation, long offset, Instant published) {}

  private static final class Arriving {

    private final BundleFile file;
    private final BitSet there = new BitSet();
    private Instant published = Instant.MIN;

    Arriving(BundleFile file) {
      this.file = file;
    }

    Listed listed() {
      return new Listed(file, there.cardinality(), published);
    }
  }

  /**
   * Takes the next record.
   *
   * @param offset in the log
   * @param published when it was sent
   * @return whether it changes anything. A chunk of a bundle that is complete does not: what all
   *     have read cannot be written over. A chunk of a file other than that begun begins anew.
   */
  public boolean take(ModelRecord record, long offset, Instant published) {
    if (record instanceof ModelRecord.Chunk part) {
      return take(part.chunk(), published);
    }
    if (record instanceof ModelRecord.Activated activated) {
      String key = ModelRecords.keyOf(activated.activation());
      activations.remove(key); // so that it stands at the end
      activations.put(key, new Placed(activated.activation(), offset, published));
      return true;
    }
    return record instanceof ModelRecord.BundleRemoved removed
        ? forget(removed.bundle())
        : activations.remove(((ModelRecord.ActivationRemoved) record).key()) != null;
  }

  private boolean take(BundleChunk chunk, Instant published) {
    Arriving arriving =
        bundles.computeIfAbsent(chunk.file().bundle(), id -> new Arriving(chunk.file()));
    if (arriving.listed().isComplete()) {
      return false;
    }
    if (!arriving.file.equals(chunk.file())) {
      arriving = new Arriving(chunk.file());
      bundles.put(chunk.file().bundle(), arriving);
    }
    arriving.there.set(chunk.index());
    arriving.published = published;
    return true;
  }

  /** As if no chunk of the bundle had come; whether one had. */
  public boolean forget(String bundle) {
    return bundles.remove(bundle) != null;
  }

  /** A bundle of which at least one chunk is there. */
  public Optional<Listed> bundle(String id) {
    return Optional.ofNullable(bundles.get(id)).map(Arriving::listed);
  }

  /** All of which at least one chunk is there, in the order in which they came. */
  public List<Listed> bundles() {
    return bundles.values().stream().map(Arriving::listed).toList();
  }

  /** In the order of the log. */
  public List<Placed> activations() {
    return List.copyOf(activations.values());
  }

  /** The activations that can be followed, in the order of the log: their bundles are complete. */
  public List<Activation> followable() {
    return activations.values().stream()
        .map(Placed::activation)
        .filter(activation -> activation.bundle().map(this::isComplete).orElse(true))
        .toList();
  }

  private boolean isComplete(String id) {
    return bundle(id).filter(Listed::isComplete).isPresent();
  }
}
