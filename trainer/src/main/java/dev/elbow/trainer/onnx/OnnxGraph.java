package dev.elbow.trainer.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * An ONNX graph in the making, of the few operators that the networks need. Nodes are computed in
 * the order in which they are added; a node is called like the value it computes.
 *
 * <p>The bytes depend on the calls alone: no time, no host name, no random name.
 */
final class OnnxGraph {

  private static final int IR_VERSION = 8;
  private static final int OPSET = 17;

  /** The name of the dynamic first dimension. */
  private static final String BATCH = "N";

  private final GraphProto.Builder graph = GraphProto.newBuilder();

  OnnxGraph(String name) {
    graph.setName(name);
  }

  /** Declares the input {@code name}, N×{@code width}. */
  String input(String name, int width) {
    graph.addInput(matrix(name, width));
    return name;
  }

  /** Declares the value {@code name}, N×{@code width}, to be an output. */
  void output(String name, int width) {
    graph.addOutput(matrix(name, width));
  }

  /** Weights of the given shape, row by row, narrowed to float32; no dimensions = a scalar. */
  String weights(String name, double[] values, int... shape) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT.getNumber());
    for (int dimension : shape) {
      tensor.addDims(dimension);
    }
    ByteBuffer raw = ByteBuffer.allocate(Float.BYTES * values.length);
    raw.order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      raw.putFloat((float) value);
    }
    graph.addInitializer(tensor.setRawData(ByteString.copyFrom(raw.flip())));
    return name;
  }

  /** A constant for every cell. */
  String scalar(String name, double value) {
    return weights(name, new double[] {value});
  }

  /** {@code name} = operator(inputs). */
  String node(String operator, String name, String... inputs) {
    NodeProto.Builder node =
        NodeProto.newBuilder().setOpType(operator).setName(name).addOutput(name);
    for (String input : inputs) {
      node.addInput(input);
    }
    graph.addNode(node);
    return name;
  }

  /** The model's bytes. */
  byte[] toBytes(String producer, String producerVersion) {
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName(producer)
        .setProducerVersion(producerVersion)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
        .setGraph(graph)
        .build()
        .toByteArray();
  }

  private static ValueInfoProto matrix(String name, int width) {
    TensorShapeProto shape =
        TensorShapeProto.newBuilder()
            .addDim(Dimension.newBuilder().setDimParam(BATCH))
            .addDim(Dimension.newBuilder().setDimValue(width))
            .build();
    TypeProto.Tensor tensor =
        TypeProto.Tensor.newBuilder()
            .setElemType(TensorProto.DataType.FLOAT.getNumber())
            .setShape(shape)
            .build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }
}
