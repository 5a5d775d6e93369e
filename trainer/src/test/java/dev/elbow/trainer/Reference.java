package dev.elbow.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.elbow.score.Rows;
import dev.elbow.trainer.vae.Activation;
import dev.elbow.trainer.vae.Architecture;
import dev.elbow.trainer.vae.Parameters;
import dev.elbow.trainer.vae.Vae;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.stream.DoubleStream;
import org.assertj.core.data.Offset;
import org.ejml.data.DMatrixRMaj;

/**
 * A tiny autoencoder worked out by PyTorch's automatic differentiation in float64: {@code
 * vae-reference.json}, whose note says how.
 */
public final class Reference {

  /** Two double-precision programs that sum in different orders agree far better than this. */
  public static final Offset<Double> TOLERANCE = Offset.offset(1e-9);

  private final JsonNode json;

  private Reference(JsonNode json) {
    this.json = json;
  }

  /** Reads it from the test resources. */
  public static Reference read() {
    try (InputStream in = Reference.class.getResourceAsStream("/vae-reference.json")) {
      return new Reference(new ObjectMapper().readTree(Objects.requireNonNull(in)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The autoencoder with its initial parameters. */
  public Vae vae() {
    Architecture architecture =
        new Architecture(
            5,
            json.at("/latent").asInt(),
            List.of(7, 6),
            List.of(6, 7),
            Activation.TANH,
            json.at("/sigma_min").asDouble(),
            json.at("/sigma_max").asDouble());
    Vae vae = Vae.zeros(architecture);
    forEachMatrix("/parameters", vae.parameters(), (name, expected) -> set(vae, name, expected));
    return vae;
  }

  private static void set(Vae vae, String name, double[] values) {
    System.arraycopy(values, 0, vae.parameters().get(name).data, 0, values.length);
  }

  /** The numbers at a JSON pointer, flattened in order. */
  public double[] numbers(String pointer) {
    JsonNode node = json.at(pointer);
    if (node.isMissingNode()) {
      throw new IllegalArgumentException("the reference has nothing at " + pointer);
    }
    return flatten(node);
  }

  /** The number at a JSON pointer. */
  public double number(String pointer) {
    return json.at(pointer).asDouble();
  }

  /** The numbers at a JSON pointer as a matrix of that many columns. */
  public DMatrixRMaj matrix(String pointer, int columns) {
    double[] values = numbers(pointer);
    return DMatrixRMaj.wrap(values.length / columns, columns, values);
  }

  /** The numbers at a JSON pointer as rows of that many columns. */
  public Rows rows(String pointer, int columns) {
    double[] values = numbers(pointer);
    return Rows.of(values.length / columns, columns, values);
  }

  /** Each matrix of {@code parameters} with the numbers of the same name under a JSON pointer. */
  public void forEachMatrix(
      String pointer, Parameters parameters, BiConsumer<String, double[]> action) {
    for (String name : parameters.names()) {
      int dot = name.lastIndexOf('.');
      String path = pointer + "/" + name.substring(0, dot) + "/" + name.substring(dot + 1);
      action.accept(name, numbers(path));
    }
  }

  private static double[] flatten(JsonNode node) {
    if (!node.isArray()) {
      return new double[] {node.asDouble()};
    }
    DoubleStream.Builder all = DoubleStream.builder();
    for (JsonNode child : node) {
      for (double value : flatten(child)) {
        all.add(value);
      }
    }
    return all.build().toArray();
  }
}
