package dev.elbow.score;

import java.util.Optional;

/**
 * The KL term of a batch, in nats.
 *
 * @param total N×1, the term of each row, at least 0 up to rounding
 * @param perLatent N×K, each latent's share of it, where the prior is a product over latents; empty
 *     where it is not
 */
public record Kl(Rows total, Optional<Rows> perLatent) {

  /** The sum of the latents' shares. */
  public static Kl sumOf(Rows perLatent) {
    Rows total = Rows.zeros(perLatent.count(), 1);
    for (int i = 0; i < total.count(); i++) {
      total.set(i, 0, perLatent.sumOfRow(i));
    }
    return new Kl(total, Optional.of(perLatent));
  }
}
