package dev.elbow.score;

/**
 * N Gaussians with diagonal covariance, one per row.
 *
 * @param mean N×M, the means
 * @param logVar N×M, log σ² of each coordinate
 */
public record DiagonalGaussian(Rows mean, Rows logVar) {

  /**
   * @throws IllegalArgumentException if the two differ in shape
   */
  public DiagonalGaussian {
    if (mean.count() != logVar.count() || mean.columns() != logVar.columns()) {
      throw new IllegalArgumentException(
          "mean is %d×%d, log variance is %d×%d"
              .formatted(mean.count(), mean.columns(), logVar.count(), logVar.columns()));
    }
  }
}
