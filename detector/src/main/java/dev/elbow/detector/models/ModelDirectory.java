package dev.elbow.detector.models;

import dev.elbow.bundle.BundleReader;
import dev.elbow.bundle.ModelBundle;
import dev.elbow.bundle.TrustedKey;
import dev.elbow.detector.metrics.ModelMetrics;
import dev.elbow.input.InvalidInputException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches where the bundle lies and activates a new one there, if it passes the gate.
 *
 * <p>Loading happens on the thread that calls {@link #look}, away from the records. A bundle that
 * is refused changes nothing but a metric and one warning: the last good one goes on scoring. A
 * bundle is tried once it looks the same at two looks in a row, so that one that is being copied is
 * not judged half way, and again whenever its files change.
 *
 * <p>For use by one thread.
 */
public final class ModelDirectory {

  private static final Logger LOG = LoggerFactory.getLogger(ModelDirectory.class);

  private final Path bundle;
  private final Optional<TrustedKey> signer;
  private final ActiveModel active;
  private final ModelMetrics metrics;
  private final InstantSource clock;
  private Fingerprint tried = new Fingerprint(List.of(), 0);
  private Fingerprint lastSeen = tried;

  /**
   * @param bundle a directory or a zip
   * @param signer whose signature every bundle must have; empty: signed or not, by whomever
   * @param active told of every bundle that passes the gate
   */
  public ModelDirectory(
      Path bundle,
      Optional<TrustedKey> signer,
      ActiveModel active,
      ModelMetrics metrics,
      InstantSource clock) {
    this.bundle = bundle;
    this.signer = signer;
    this.active = active;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * Loads and activates the bundle that a detector starts with.
   *
   * @throws InvalidInputException if there is none, or it does not pass the gate
   */
  public void loadFirst() {
    tried = Fingerprint.of(bundle);
    lastSeen = tried;
    try {
      load();
    } catch (InvalidInputException e) {
      metrics.refused();
      throw e;
    }
  }

  /** Looks once whether there is a new bundle, and activates or refuses it. */
  public void look() {
    Fingerprint seen = Fingerprint.of(bundle);
    boolean settled = seen.equals(lastSeen);
    lastSeen = seen;
    if (!settled || seen.equals(tried)) {
      return;
    }
    tried = seen;
    try {
      load();
    } catch (InvalidInputException e) {
      refuse(String.valueOf(e.getMessage()));
    } catch (RuntimeException | Error e) {
      // Whatever a bundle does to a library, or one too large to memory: the old one goes on, and
      // this thread goes on looking.
      refuse(e.toString());
    }
  }

  private void load() {
    ModelBundle read = BundleReader.read(bundle, signer);
    if (active.id().filter(read.id()::equals).isPresent()) {
      return;
    }
    LoadedModel model = LoadedModel.open(read, metrics);
    String replaced = active.id().map(id -> " in place of " + id).orElse("");
    active.activate(model);
    metrics.scores(model.facts(clock.instant()));
    LOG.info("Bundle {} scores from now on{}", read.id(), replaced);
  }

  private void refuse(String why) {
    metrics.refused();
    LOG.warn("{}: bundle refused, {} goes on scoring: {}", bundle, active.id().orElse("none"), why);
  }
}
