package dev.elbow.scoring;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.elbow.input.InvalidInputException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an ONNX file must look like before ONNX Runtime may see it: the inputs and outputs that the
 * manifest promises, the operators that a bundle's networks are made of, and no data from outside
 * the file.
 *
 * <p>Nothing in a graph grows beyond the rows that are put in: a value is as wide as a layer at
 * most, since matrices are allowed as weights alone. Where two of them could meet, in a sum or a
 * product, a file of some kilobytes could ask for all memory there is.
 *
 * <p>ONNX Runtime would follow the name of an external tensor file relative to the working
 * directory, and loads one in three randomly damaged models without complaint.
 */
final class GraphGate {

  private static final long IR_VERSION = 8;
  private static final long OPSET = 17;
  private static final Set<String> DEFAULT_DOMAIN = Set.of("", "ai.onnx");

  /** What the trainer writes; none of them can loop, branch or read a file. */
  private static final Set<String> OPERATORS =
      Set.of("Add", "Clip", "Gemm", "MatMul", "Mul", "Sigmoid", "Tanh");

  private static final Set<AttributeProto.AttributeType> ATTRIBUTES =
      Set.of(AttributeProto.AttributeType.FLOAT, AttributeProto.AttributeType.INT);

  /** Those that take a matrix of weights, as their second input. */
  private static final Set<String> PRODUCTS = Set.of("Gemm", "MatMul");

  private static final int WEIGHTS = 1;

  /** No layer is wider. */
  private static final long MAX_WIDTH = 1 << 16;

  /** Ten hidden layers of three nodes and the heads stay far below. */
  private static final int MAX_NODES = 256;

  private final OnnxFile file;

  private GraphGate(OnnxFile file) {
    this.file = file;
  }

  /**
   * @throws InvalidInputException if the file is not the network it should be
   */
  static void check(OnnxFile file, byte[] onnx) {
    var gate = new GraphGate(file);
    ModelProto model = gate.parse(onnx);
    gate.checkModel(model);
    gate.checkNodes(model.getGraph());
    model.getGraph().getInitializerList().forEach(gate::checkTensor);
    gate.checkEnds(model.getGraph());
  }

  private ModelProto parse(byte[] onnx) {
    try {
      return ModelProto.parseFrom(onnx);
    } catch (InvalidProtocolBufferException e) {
      throw new InvalidInputException(
          "%s: expected an ONNX model, found something else: %s; restore the bundle or train it again"
              .formatted(file.name(), e.getMessage()),
          e);
    }
  }

  private void checkModel(ModelProto model) {
    require(
        model.getIrVersion() == IR_VERSION,
        "IR version",
        Long.toString(IR_VERSION),
        model.getIrVersion());
    List<String> opsets =
        model.getOpsetImportList().stream()
            .map(opset -> opset.getDomain() + " " + opset.getVersion())
            .toList();
    require(
        model.getOpsetImportCount() == 1
            && DEFAULT_DOMAIN.contains(model.getOpsetImport(0).getDomain())
            && model.getOpsetImport(0).getVersion() == OPSET,
        "operator sets",
        "the default one of version " + OPSET,
        opsets);
    require(
        model.getFunctionsCount() == 0 && model.getTrainingInfoCount() == 0,
        "functions and training information",
        "none",
        "some");
    require(
        model.getGraph().getSparseInitializerCount() == 0, "sparse initializers", "none", "some");
  }

  private void checkNodes(GraphProto graph) {
    require(
        graph.getNodeCount() >= 1 && graph.getNodeCount() <= MAX_NODES,
        "number of nodes",
        "1 to " + MAX_NODES,
        graph.getNodeCount());
    Set<String> matrices = matrices(graph);
    for (NodeProto node : graph.getNodeList()) {
      require(
          DEFAULT_DOMAIN.contains(node.getDomain()) && OPERATORS.contains(node.getOpType()),
          "operators",
          "those of " + OPERATORS.stream().sorted().toList(),
          "%s \"%s\"".formatted(node.getOpType(), node.getName()));
      checkWeights(node, matrices);
      for (AttributeProto attribute : node.getAttributeList()) {
        require(
            ATTRIBUTES.contains(attribute.getType()),
            "attributes",
            "numbers",
            "%s \"%s\" of %s"
                .formatted(attribute.getType(), attribute.getName(), node.getOpType()));
        require(
            !attribute.getName().equals("transA") || attribute.getI() == 0,
            "attributes",
            "rows that stay rows",
            "transA of " + node.getOpType());
      }
    }
  }

  private static Set<String> matrices(GraphProto graph) {
    return graph.getInitializerList().stream()
        .filter(tensor -> tensor.getDimsCount() > 1)
        .map(TensorProto::getName)
        .collect(Collectors.toSet());
  }

  private void checkWeights(NodeProto node, Set<String> matrices) {
    for (int i = 0; i < node.getInputCount(); i++) {
      require(
          !matrices.contains(node.getInput(i))
              || (i == WEIGHTS && PRODUCTS.contains(node.getOpType())),
          "matrices",
          "weights of MatMul and Gemm alone",
          "\"%s\" as input %d of %s".formatted(node.getInput(i), i, node.getOpType()));
    }
  }

  private void checkTensor(TensorProto tensor) {
    require(
        tensor.getDataLocation() == TensorProto.DataLocation.DEFAULT
            && tensor.getExternalDataCount() == 0,
        "tensors",
        "their data within the file",
        "\"%s\" with data in another file".formatted(tensor.getName()));
    require(
        tensor.getDataType() == TensorProto.DataType.FLOAT.getNumber(),
        "tensors",
        "float32",
        "\"%s\" of type %s".formatted(tensor.getName(), type(tensor.getDataType())));
    require(
        tensor.getDimsCount() <= 2
            && tensor.getDimsList().stream().allMatch(dimension -> dimension <= MAX_WIDTH),
        "shape of tensor \"%s\"".formatted(tensor.getName()),
        "at most two dimensions of at most " + MAX_WIDTH,
        tensor.getDimsList());
    // In double: a product that overflows a long must not wrap around to the size that is there.
    double cells = 1;
    for (long dimension : tensor.getDimsList()) {
      cells *= dimension >= 0 ? dimension : Double.NaN;
    }
    long bytes = tensor.getRawData().size() + (long) Float.BYTES * tensor.getFloatDataCount();
    require(
        bytes == Float.BYTES * cells,
        "size of tensor \"%s\"".formatted(tensor.getName()),
        "%s floats".formatted(tensor.getDimsList()),
        bytes + " bytes");
  }

  private void checkEnds(GraphProto graph) {
    require(
        names(graph.getInputList()).equals(List.of(file.input())),
        "inputs",
        List.of(file.input()).toString(),
        names(graph.getInputList()));
    require(
        names(graph.getOutputList()).equals(List.of(file.mean(), OnnxFile.LOG_VAR)),
        "outputs",
        List.of(file.mean(), OnnxFile.LOG_VAR).toString(),
        names(graph.getOutputList()));
    checkShape("input", graph.getInput(0), file.inputWidth(), file.inputMeaning());
    for (ValueInfoProto output : graph.getOutputList()) {
      checkShape("output", output, file.outputWidth(), file.outputMeaning());
    }
  }

  private void checkShape(String end, ValueInfoProto value, int width, String meaning) {
    String name = "%s \"%s\"".formatted(end, value.getName());
    var tensor = value.getType().getTensorType();
    require(
        tensor.getElemType() == TensorProto.DataType.FLOAT.getNumber(),
        "type of " + name,
        "float32",
        type(tensor.getElemType()));
    List<Dimension> shape = tensor.getShape().getDimList();
    require(
        shape.size() == 2
            && shape.get(0).getValueCase() != Dimension.ValueCase.DIM_VALUE
            && shape.get(1).getValueCase() == Dimension.ValueCase.DIM_VALUE,
        "shape of " + name,
        "[any number of rows, a fixed width]",
        shape.stream().map(GraphGate::text).toList());
    long found = shape.get(1).getDimValue();
    if (found != width) {
      throw new InvalidInputException(
          "%s: %s has width %d, manifest says %s %d; retrain or restore the matching manifest"
              .formatted(file.name(), name, found, meaning, width));
    }
  }

  private static String text(Dimension dimension) {
    return dimension.getValueCase() == Dimension.ValueCase.DIM_VALUE
        ? Long.toString(dimension.getDimValue())
        : "any";
  }

  private static List<String> names(List<ValueInfoProto> values) {
    return values.stream().map(ValueInfoProto::getName).toList();
  }

  private static String type(int number) {
    var type = TensorProto.DataType.forNumber(number);
    return type == null ? "number " + number : type.name();
  }

  private void require(boolean holds, String what, String expected, Object found) {
    if (!holds) {
      throw new InvalidInputException(
          "%s: %s: expected %s, found %s; restore the bundle or train it again"
              .formatted(file.name(), what, expected, found));
    }
  }
}
