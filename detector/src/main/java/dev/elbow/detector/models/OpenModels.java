package dev.elbow.detector.models;

import dev.elbow.bundle.ModelBundle;
import dev.elbow.detector.metrics.ModelMetrics;
import dev.elbow.input.InvalidInputException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Models that are open, by the ids of their bundles. One is opened when it is first asked for, and
 * closed, once nobody holds it, when there is no room or it has not been asked for in a while. One
 * that scores, or will, stays if there is any other to close. Safe for use by several threads;
 * asking for one that is open does not block.
 */
final class OpenModels implements AutoCloseable {

  /** Rows that come late, or a replay, may ask for it again; it costs a second to open. */
  static final Duration IDLE = Duration.ofMinutes(5);

  private final Function<String, ModelBundle> bundles;
  private final int most;
  private final ModelMetrics metrics;
  private final Map<String, Open> open = new ConcurrentHashMap<>();
  private volatile Set<String> needed = Set.of();
  private boolean closed;

  /** One that is open, held by this. */
  private static final class Open {

    private final String id;
    private final SharedModel shared;
    private volatile long askedFor = System.nanoTime();

    Open(String id, SharedModel shared) {
      this.id = id;
      this.shared = shared;
    }

    long idleNanos() {
      return System.nanoTime() - askedFor;
    }
  }

  /**
   * @param bundles reads a bundle by its id, or throws an {@link InvalidInputException}
   * @param most how many may be open, at least 1
   */
  OpenModels(Function<String, ModelBundle> bundles, int most, ModelMetrics metrics) {
    this.bundles = bundles;
    this.most = most;
    this.metrics = metrics;
  }

  /**
   * A model, held for the caller, who is to release it.
   *
   * @throws InvalidInputException if the bundle is refused
   * @throws IllegalStateException if this is closed
   */
  SharedModel retain(String id) {
    while (true) {
      Open there = open.get(id);
      if (there == null) {
        there = open(id);
      }
      there.askedFor = System.nanoTime();
      if (there.shared.retain()) {
        return there.shared;
      }
    }
  }

  /** One that is open already, held for the caller; it does not count as asked for. */
  Optional<SharedModel> peek(String id) {
    return Optional.ofNullable(open.get(id)).map(there -> there.shared).filter(SharedModel::retain);
  }

  private synchronized Open open(String id) {
    if (closed) {
      throw new IllegalStateException("the models are closed");
    }
    Open there = open.get(id);
    if (there != null) {
      return there; // another thread was faster
    }
    Open opened = new Open(id, new SharedModel(load(id)));
    open.put(id, opened);
    metrics.open(1);
    while (open.size() > most) {
      open.values().stream()
          .filter(other -> other != opened)
          .min(
              Comparator.comparing((Open other) -> needed.contains(other.id))
                  .thenComparing(Comparator.comparingLong(Open::idleNanos).reversed()))
          .ifPresent(this::close);
    }
    return opened;
  }

  /** Whatever a bundle does to a library, or one too large to memory, the others are to go on. */
  private LoadedModel load(String id) {
    try {
      return LoadedModel.open(bundles.apply(id), metrics);
    } catch (InvalidInputException e) {
      throw e;
    } catch (RuntimeException | Error e) {
      throw new InvalidInputException("bundle %s cannot be opened: %s".formatted(id, e), e);
    }
  }

  /** These score, or will: others go first. */
  void need(Set<String> bundleIds) {
    needed = Set.copyOf(bundleIds);
  }

  /** Closes what is not needed and has not been asked for in a while. */
  synchronized void closeIdle(Duration idle) {
    open.values().stream()
        .filter(some -> !needed.contains(some.id) && some.idleNanos() > idle.toNanos())
        .forEach(this::close);
  }

  private void close(Open some) {
    open.remove(some.id);
    some.shared.release();
    metrics.open(-1);
  }

  @Override
  public synchronized void close() {
    closed = true;
    open.values().forEach(this::close);
  }
}
