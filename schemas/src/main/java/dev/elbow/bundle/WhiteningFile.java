package dev.elbow.bundle;

import dev.elbow.score.Whitening;
import java.util.Arrays;

/** {@code whitening.f64}: the centre c, F numbers, then the matrix A, F rows of F numbers. */
final class WhiteningFile {

  private WhiteningFile() {}

  static byte[] toBytes(Whitening whitening) {
    double[] center = whitening.center();
    double[] matrix = whitening.matrix();
    double[] values = Arrays.copyOf(center, center.length + matrix.length);
    System.arraycopy(matrix, 0, values, center.length, matrix.length);
    return Float64.toBytes(values);
  }

  /**
   * @param features F, as the manifest says
   * @throws IllegalArgumentException if the bytes are not such a map
   */
  static Whitening fromBytes(byte[] bytes, int features) {
    double[] values = Float64.fromBytes(bytes);
    Rule.check(
        values.length == features * (features + 1L),
        "expected %d × %d numbers, found %d".formatted(features + 1, features, values.length));
    return Whitening.of(
        Arrays.copyOf(values, features), Arrays.copyOfRange(values, features, values.length));
  }
}
