package dev.elbow.scoring;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.elbow.alarm.Alarms;
import dev.elbow.bundle.Confidence;
import dev.elbow.bundle.Golden;
import dev.elbow.bundle.Golden.GoldenObservation;
import dev.elbow.bundle.HeldOutScores;
import dev.elbow.bundle.Lineage;
import dev.elbow.bundle.Manifest;
import dev.elbow.bundle.Member;
import dev.elbow.bundle.MemberEntry;
import dev.elbow.bundle.MixtureEntry;
import dev.elbow.bundle.ModelBundle;
import dev.elbow.bundle.Network;
import dev.elbow.bundle.PriorEntry;
import dev.elbow.bundle.Tail;
import dev.elbow.bundle.Threshold;
import dev.elbow.bundle.WindowEntry;
import dev.elbow.row.SensorScaling;
import dev.elbow.score.Draws;
import dev.elbow.score.Squash;
import dev.elbow.score.StandardNormal;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A bundle that can be scored by hand. Two sensors, one latent, z = μ:
 *
 * <pre>
 *   encoder   mu = x₁/2          log_var = 0
 *   decoder   mean = (z, 2z)     log_var = (0, 0)
 *   sensors   pressure 10 ± 2    flow 0 ± 1
 * </pre>
 *
 * <p>Pressure 14 and flow 1 are x = (2, 1), so μ = z = 1, the means (1, 2), both residuals of size
 * 1, both contributions ½ (ln 2π + 1) and the KL ½ (1 + 1 − 1 − 0) = ½.
 */
final class TestBundle {

  static final double CONTRIBUTION = 0.5 * (Math.log(2 * Math.PI) + 1);
  static final double KL = 0.5;

  private final ModelProto.Builder encoder =
      network("x", 2, "mu", new float[] {0.5f, 0}, "log_var", new float[] {0, 0}, 1);
  private final ModelProto.Builder decoder =
      network("z", 1, "mean", new float[] {1, 2}, "log_var", new float[] {0, 0}, 2);
  private Golden golden =
      new Golden(
          1e-5,
          List.of(
              new GoldenObservation(
                  List.of(14.0, 1.0),
                  2 * CONTRIBUTION + KL,
                  2 * CONTRIBUTION,
                  KL,
                  List.of(CONTRIBUTION, CONTRIBUTION)),
              new GoldenObservation(
                  List.of(14.0, Double.NaN),
                  CONTRIBUTION + KL,
                  CONTRIBUTION,
                  KL,
                  List.of(CONTRIBUTION, 0.0))));

  ModelProto.Builder encoder() {
    return encoder;
  }

  ModelProto.Builder decoder() {
    return decoder;
  }

  TestBundle withGolden(Golden other) {
    this.golden = other;
    return this;
  }

  /** The same decoder by way of a hidden layer of the given width, idle but for one cell. */
  TestBundle withHiddenLayer(int width) {
    float[] in = new float[width];
    float[] out = new float[2 * width];
    in[0] = 1;
    out[0] = 1;
    out[1] = 2;
    decoder
        .getGraphBuilder()
        .setInitializer(0, tensor("w", out, width, 2))
        .addInitializer(tensor("u", in, 1, width))
        .setNode(0, matMul("hidden", "w", "mean"))
        .addNode(0, matMul("z", "u", "hidden"));
    return this;
  }

  ModelBundle build() {
    return build(encoder.build().toByteArray());
  }

  ModelBundle build(byte[] encoderBytes) {
    return ModelBundle.of(
        manifest(),
        golden,
        HeldOutScores.of(new double[] {1, 2, 3, 4}),
        Optional.empty(),
        List.of(member(encoderBytes)),
        Optional.empty(),
        "<!DOCTYPE html>");
  }

  private Member member(byte[] encoderBytes) {
    return Member.of(encoderBytes, decoder.build().toByteArray(), new StandardNormal());
  }

  private static Manifest manifest() {
    return new Manifest(
        List.of(new SensorScaling("pressure", 10, 2), new SensorScaling("flow", 0, 1)),
        new Squash(3),
        WindowEntry.SINGLE_ROW,
        1,
        Manifest.drawsOf(Draws.atTheMean(1)),
        List.of(new MemberEntry(new PriorEntry.Standard())),
        new MixtureEntry.None(),
        List.of(),
        new Threshold(
            3,
            0.25,
            new Tail.Empirical(),
            new Confidence(0.95, 1, Optional.empty(), 0.01, 0.6),
            4,
            4,
            0.2),
        Alarms.ROWS,
        new Network(List.of(), List.of(), "tanh", 0.2, 1, false),
        new Lineage(
            new Lineage.Generated("by hand"),
            4,
            0,
            4,
            new TreeMap<>(),
            1,
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>()));
  }

  /** Two matrix products of one input. */
  private static ModelProto.Builder network(
      String input, int in, String first, float[] w, String second, float[] v, int out) {
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .setName("network")
            .addInput(matrix(input, in))
            .addOutput(matrix(first, out))
            .addOutput(matrix(second, out))
            .addInitializer(tensor("w", w, in, out))
            .addInitializer(tensor("v", v, in, out))
            .addNode(matMul(input, "w", first))
            .addNode(matMul(input, "v", second));
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
        .setGraph(graph);
  }

  private static NodeProto matMul(String input, String weights, String output) {
    return NodeProto.newBuilder()
        .setOpType("MatMul")
        .addInput(input)
        .addInput(weights)
        .addOutput(output)
        .build();
  }

  static ValueInfoProto matrix(String name, int width) {
    TensorShapeProto shape =
        TensorShapeProto.newBuilder()
            .addDim(Dimension.newBuilder().setDimParam("N"))
            .addDim(Dimension.newBuilder().setDimValue(width))
            .build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(TensorProto.DataType.FLOAT.getNumber())
                        .setShape(shape)))
        .build();
  }

  private static TensorProto tensor(String name, float[] values, int rows, int columns) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.FLOAT.getNumber())
            .addDims(rows)
            .addDims(columns);
    for (float value : values) {
      tensor.addFloatData(value);
    }
    return tensor.build();
  }
}
