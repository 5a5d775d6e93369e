package dev.elbow.detector.models;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The model that scores. It changes between records, never within one: whoever scores holds a lease
 * for as long as it takes, and a model that was replaced is closed when its last lease ends.
 *
 * <p>Safe for use by several threads; taking a lease does not block.
 */
public final class ActiveModel implements AutoCloseable {

  private final AtomicReference<@Nullable Shared> current = new AtomicReference<>();

  /** The right to use one model until it is closed. */
  public static final class Lease implements AutoCloseable {

    private final Shared shared;

    private Lease(Shared shared) {
      this.shared = shared;
    }

    /** The model, open for as long as the lease lasts. */
    public LoadedModel model() {
      return shared.model;
    }

    @Override
    public void close() {
      shared.release();
    }
  }

  /** A model and how many hold it; the {@link ActiveModel} itself is one of them. */
  private static final class Shared {

    private final LoadedModel model;
    private final AtomicInteger holders = new AtomicInteger(1);

    Shared(LoadedModel model) {
      this.model = model;
    }

    /** False if the model has been closed meanwhile. */
    boolean retain() {
      return holders.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
    }

    void release() {
      if (holders.decrementAndGet() == 0) {
        model.close();
      }
    }
  }

  /**
   * Holds on to the model that is active now. The lease is to be closed by the thread that took it.
   *
   * @throws IllegalStateException if no model is active
   */
  public Lease lease() {
    while (true) {
      Shared shared = current.get();
      if (shared == null) {
        throw new IllegalStateException("no model is active");
      }
      if (shared.retain()) {
        return new Lease(shared);
      }
    }
  }

  /** Id of the active model's bundle; empty if there is none. */
  public Optional<String> id() {
    return Optional.ofNullable(current.get()).map(shared -> shared.model.id());
  }

  /** Leases from now on are for this model, which is closed when it has been replaced. */
  public void activate(LoadedModel model) {
    replace(new Shared(model));
  }

  /** No model is active from now on; the one that was is closed when its last lease ends. */
  @Override
  public void close() {
    replace(null);
  }

  private void replace(@Nullable Shared next) {
    Shared previous = current.getAndSet(next);
    if (previous != null) {
      previous.release();
    }
  }
}
