package dev.elbow.detector.models;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The one model that scores everything. It changes between records, never within one: whoever
 * scores holds a lease for as long as it takes, and a model that was replaced is closed when its
 * last lease ends.
 *
 * <p>Safe for use by several threads; taking a lease does not block.
 */
public final class ActiveModel implements Models {

  private final AtomicReference<@Nullable SharedModel> current = new AtomicReference<>();

  /** The right to use one model until it is closed. */
  public static final class Lease implements Models.Hold {

    private final SharedModel shared;
    private final Optional<LoadedModel> model;

    private Lease(SharedModel shared) {
      this.shared = shared;
      this.model = Optional.of(shared.model());
    }

    /** The model, open for as long as the lease lasts. */
    public LoadedModel model() {
      return shared.model();
    }

    /** The same for all. */
    @Override
    public Optional<LoadedModel> of(String entity, Instant time) {
      return model;
    }

    @Override
    public void judged(Instant time) {}

    @Override
    public void close() {
      shared.release();
    }
  }

  /**
   * Holds on to the model that is active now. The lease is to be closed by the thread that took it.
   *
   * @throws IllegalStateException if no model is active
   */
  public Lease lease() {
    while (true) {
      SharedModel shared = current.get();
      if (shared == null) {
        throw new IllegalStateException("no model is active");
      }
      if (shared.retain()) {
        return new Lease(shared);
      }
    }
  }

  @Override
  public Models.Hold hold() {
    return lease();
  }

  @Override
  public Optional<String> id() {
    return Optional.ofNullable(current.get()).map(shared -> shared.model().id());
  }

  /** Leases from now on are for this model, which is closed when it has been replaced. */
  public void activate(LoadedModel model) {
    replace(new SharedModel(model));
  }

  @Override
  public void close() {
    replace(null);
  }

  private void replace(@Nullable SharedModel next) {
    SharedModel previous = current.getAndSet(next);
    if (previous != null) {
      previous.release();
    }
  }
}
