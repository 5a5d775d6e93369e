package dev.elbow.trainer.prior;

import dev.elbow.score.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.hipparchus.clustering.CentroidCluster;
import org.hipparchus.clustering.DoublePoint;
import org.hipparchus.clustering.KMeansPlusPlusClusterer;
import org.hipparchus.clustering.distance.EuclideanDistance;
import org.hipparchus.random.Well19937c;

/**
 * Stands many posterior means by few: the centres of k-means clusters, each with the share of the
 * rows it stands for and what the rows spread around them.
 *
 * <p>Clustered are the means over the posteriors' usual widths, so that a latent counts by how well
 * it is told apart. The start is that of Arthur and Vassilvitskii 2007 ("k-means++").
 *
 * @param centers M×K
 * @param weights M, positive, 1 in sum
 * @param variances K, the mean squared distance from the centres per latent; 0 where every row is
 *     its own centre
 */
public record ExemplarClusters(Rows centers, List<Double> weights, List<Double> variances) {

  /** Lloyd's steps: later ones move the centres of so many clusters by next to nothing. */
  private static final int STEPS = 10;

  /** Copies the lists. */
  public ExemplarClusters {
    weights = List.copyOf(weights);
    variances = List.copyOf(variances);
  }

  /**
   * Clusters.
   *
   * @param means N×K posterior means; not modified
   * @param widths K, the posteriors' usual standard deviations, positive; not modified
   * @param most how many clusters at most; with no more rows than that each row is its own
   */
  public static ExemplarClusters of(Rows means, double[] widths, int most, RandomGenerator random) {
    if (means.count() <= most) {
      double[] equal = new double[means.count()];
      Arrays.fill(equal, 1.0 / equal.length);
      return new ExemplarClusters(means, boxed(equal), boxed(new double[widths.length]));
    }
    List<DoublePoint> points = new ArrayList<>(means.count());
    for (int i = 0; i < means.count(); i++) {
      double[] scaled = means.row(i);
      for (int k = 0; k < scaled.length; k++) {
        scaled[k] /= widths[k];
      }
      points.add(new DoublePoint(scaled));
    }
    return summary(
        new KMeansPlusPlusClusterer<DoublePoint>(
                most, STEPS, new EuclideanDistance(), new Well19937c(random.nextLong()))
            .cluster(points).stream().filter(cluster -> !cluster.getPoints().isEmpty()).toList(),
        points.size(),
        widths);
  }

  private static ExemplarClusters summary(
      List<CentroidCluster<DoublePoint>> clusters, int count, double[] widths) {
    Rows centers = Rows.zeros(clusters.size(), widths.length);
    double[] weights = new double[clusters.size()];
    double[] variances = new double[widths.length];
    for (int j = 0; j < weights.length; j++) {
      List<DoublePoint> points = clusters.get(j).getPoints();
      weights[j] = (double) points.size() / count;
      for (int k = 0; k < widths.length; k++) {
        double center = meanOf(points, k);
        centers.set(j, k, widths[k] * center);
        for (DoublePoint point : points) {
          double distance = widths[k] * (point.getPoint()[k] - center);
          variances[k] += distance * distance / count;
        }
      }
    }
    return new ExemplarClusters(centers, boxed(weights), boxed(variances));
  }

  /** The clusterer's own centres are those before the last assignment. */
  private static double meanOf(List<DoublePoint> points, int k) {
    return points.stream().mapToDouble(point -> point.getPoint()[k]).average().orElseThrow();
  }

  private static List<Double> boxed(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
