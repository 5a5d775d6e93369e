package dev.elbow.trainer.vae;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.ejml.data.DMatrixRMaj;

/**
 * The parameters of a network, or their gradient, as named matrices in a fixed order.
 *
 * <p>A view: the matrices are the layers' own. {@link #copy()} takes a snapshot.
 */
public final class Parameters {

  private final Map<String, DMatrixRMaj> matrices;

  private Parameters(Map<String, DMatrixRMaj> matrices) {
    this.matrices = Collections.unmodifiableMap(matrices);
  }

  /** Of each layer its weights as {@code name.W} and its bias as {@code name.b}. */
  static Parameters of(Map<String, Affine> layers) {
    Map<String, DMatrixRMaj> matrices = new LinkedHashMap<>();
    layers.forEach(
        (name, layer) -> {
          matrices.put(name + ".W", layer.weights());
          matrices.put(name + ".b", layer.bias());
        });
    return new Parameters(matrices);
  }

  /** One matrix; a view. */
  static Parameters of(String name, DMatrixRMaj matrix) {
    return new Parameters(Map.of(name, matrix));
  }

  /** These, then the other ones; a view of both. */
  Parameters and(Parameters others) {
    Map<String, DMatrixRMaj> both = new LinkedHashMap<>(matrices);
    both.putAll(others.matrices);
    return new Parameters(both);
  }

  /** The names, in order. */
  public Set<String> names() {
    return matrices.keySet();
  }

  /** The matrices, in the order of the names; not copies. */
  public Collection<DMatrixRMaj> matrices() {
    return matrices.values();
  }

  /**
   * The matrix of that name; not a copy.
   *
   * @throws IllegalArgumentException if there is none
   */
  public DMatrixRMaj get(String name) {
    DMatrixRMaj matrix = matrices.get(name);
    if (matrix == null) {
      throw new IllegalArgumentException(
          "no parameter %s; there are %s".formatted(name, matrices.keySet()));
    }
    return matrix;
  }

  /** How many numbers they are. */
  public int count() {
    return matrices.values().stream().mapToInt(DMatrixRMaj::getNumElements).sum();
  }

  /** A copy of all numbers: matrix after matrix in order, each row by row. */
  public double[] toArray() {
    double[] all = new double[count()];
    int from = 0;
    for (DMatrixRMaj m : matrices.values()) {
      System.arraycopy(m.data, 0, all, from, m.getNumElements());
      from += m.getNumElements();
    }
    return all;
  }

  /** A snapshot that later changes do not reach. */
  public Parameters copy() {
    Map<String, DMatrixRMaj> copies = new LinkedHashMap<>();
    matrices.forEach((name, matrix) -> copies.put(name, matrix.copy()));
    return new Parameters(copies);
  }

  /**
   * Overwrites these numbers with the others'.
   *
   * @throws IllegalArgumentException if names or shapes differ
   */
  public void setTo(Parameters others) {
    if (!matrices.keySet().equals(others.matrices.keySet())) {
      throw new IllegalArgumentException(
          "parameters %s cannot take %s".formatted(names(), others.names()));
    }
    matrices.forEach(
        (name, matrix) -> {
          DMatrixRMaj other = others.get(name);
          if (matrix.numRows != other.numRows || matrix.numCols != other.numCols) {
            throw new IllegalArgumentException(
                "%s is %d×%d and cannot take %d×%d"
                    .formatted(name, matrix.numRows, matrix.numCols, other.numRows, other.numCols));
          }
          matrix.setTo(other);
        });
  }

  /** Whether names, order and every bit of every number are the same. */
  public boolean sameBits(Parameters others) {
    return names().stream().toList().equals(others.names().stream().toList())
        && Arrays.equals(toArray(), others.toArray());
  }

  /** Whether every number is finite. */
  public boolean finite() {
    for (DMatrixRMaj m : matrices.values()) {
      for (int c = 0; c < m.getNumElements(); c++) {
        if (!Double.isFinite(m.data[c])) {
          return false;
        }
      }
    }
    return true;
  }
}
