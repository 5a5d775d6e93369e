package dev.elbow.trainer.health;

import dev.elbow.score.DiagonalGaussian;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How healthy a trained model is. Its latents are judged on the rows of the fit: held-out rows of a
 * stream that has drifted may all lie in one place, where no latent varies.
 *
 * @param members the latents of each member, at least one member
 * @param gap to probabilistic PCA; empty where the rows are too wide to compare
 */
public record ModelHealth(List<List<LatentHealth>> members, Optional<GapToPca> gap) {

  /** The figures of so many fit rows, evenly spread, are as good as those of all. */
  public static final int MOST_ROWS = 20_000;

  /** Copies the lists. */
  public ModelHealth {
    members = members.stream().map(List::copyOf).toList();
  }

  /**
   * The health of a model.
   *
   * @param posteriors of each member on the rows of the fit
   */
  public static ModelHealth of(List<DiagonalGaussian> posteriors, Optional<GapToPca> gap) {
    return new ModelHealth(posteriors.stream().map(LatentHealth::of).toList(), gap);
  }

  /** How many latents there are, of all members together. */
  public int latents() {
    return members.stream().mapToInt(List::size).sum();
  }

  /** How many of them say something of the row. */
  public int activeLatents() {
    return (int) members.stream().flatMap(List::stream).filter(LatentHealth::active).count();
  }

  /**
   * What somebody should look at: that no latent says anything. A few that do not are nothing to
   * worry about, the rows then have fewer degrees of freedom than the model has latents.
   */
  public Optional<String> warning() {
    return activeLatents() > 0
        ? Optional.empty()
        : Optional.of(
            "all %d latents have collapsed onto the prior: the model takes every sensor for itself and sees no relation between them. Train longer or on more varied rows, if the sensors do depend on each other"
                .formatted(latents()));
  }

  /** The figures by name, finite. */
  public SortedMap<String, Double> metrics() {
    SortedMap<String, Double> metrics = new TreeMap<>();
    metrics.put("latents.active", (double) activeLatents());
    for (int m = 0; m < members.size(); m++) {
      List<LatentHealth> latents = members.get(m);
      for (int k = 0; k < latents.size(); k++) {
        String name = "member%d.z%02d.".formatted(m + 1, k + 1);
        metrics.put(name + "kl", latents.get(k).kl());
        metrics.put(name + "activity", latents.get(k).activity());
      }
    }
    gap.ifPresent(
        pca -> {
          metrics.put("heldOut.pcaNegativeLogLikelihood", pca.pcaNegativeLogLikelihood());
          metrics.put("heldOut.gapToPca", pca.nats());
        });
    return metrics;
  }
}
