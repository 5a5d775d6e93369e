package dev.elbow.bundle;

import dev.elbow.score.ExemplarPrior;
import dev.elbow.score.Rows;

/**
 * {@code exemplars.f64}: M rows of 1 + K numbers, each the weight of an exemplar and then the
 * exemplar. The variances are in the manifest.
 */
final class ExemplarsFile {

  private ExemplarsFile() {}

  static byte[] toBytes(ExemplarPrior prior) {
    int width = 1 + prior.latents();
    double[] weights = prior.weights();
    double[] values = new double[Math.multiplyExact(prior.count(), width)];
    for (int j = 0; j < prior.count(); j++) {
      values[j * width] = weights[j];
      System.arraycopy(prior.exemplars().row(j), 0, values, j * width + 1, prior.latents());
    }
    return Float64.toBytes(values);
  }

  /**
   * @param file for messages
   * @throws IllegalArgumentException if the file is not what the entry says
   */
  static ExemplarPrior fromBytes(String file, byte[] bytes, PriorEntry.Exemplar entry) {
    try {
      return of(Float64.fromBytes(bytes), entry);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  private static ExemplarPrior of(double[] values, PriorEntry.Exemplar entry) {
    int width = 1 + entry.variances().size();
    Rule.check(
        (long) entry.exemplars() * width == values.length,
        "expected %d rows of %d numbers, found %d numbers"
            .formatted(entry.exemplars(), width, values.length));
    double[] weights = new double[entry.exemplars()];
    Rows exemplars = Rows.zeros(entry.exemplars(), entry.variances().size());
    for (int j = 0; j < weights.length; j++) {
      weights[j] = values[j * width];
      for (int k = 0; k < exemplars.columns(); k++) {
        exemplars.set(j, k, values[j * width + 1 + k]);
      }
    }
    double[] variances = entry.variances().stream().mapToDouble(Double::doubleValue).toArray();
    return new ExemplarPrior(exemplars, weights, variances);
  }
}
