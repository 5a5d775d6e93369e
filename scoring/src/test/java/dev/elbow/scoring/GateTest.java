package dev.elbow.scoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.elbow.bundle.Golden;
import dev.elbow.bundle.Golden.GoldenObservation;
import dev.elbow.bundle.ModelBundle;
import dev.elbow.input.InvalidInputException;
import java.util.List;
import org.junit.jupiter.api.Test;

class GateTest {

  private final TestBundle bundle = new TestBundle();
  private final GraphProto.Builder encoder = bundle.encoder().getGraphBuilder();
  private final GraphProto.Builder decoder = bundle.decoder().getGraphBuilder();

  @Test
  void refusesAnOutputOfAnotherWidthThanTheManifests() {
    encoder.setOutput(0, TestBundle.matrix("mu", 8));

    assertRefused(
        "encoder.onnx: output \"mu\" has width 8, manifest says latents 1;"
            + " retrain or restore the matching manifest");
  }

  @Test
  void refusesAnInputOfAnotherWidthThanTheManifests() {
    encoder.setInput(0, TestBundle.matrix("x", 3));

    assertRefused("encoder.onnx: input \"x\" has width 3, manifest says sensors 2; retrain");
  }

  @Test
  void refusesAnOutputThatIsNotWhatItDeclares() {
    encoder.getInitializerBuilder(0).clearDims().addDims(1).addDims(2);

    assertRefused("encoder.onnx: ONNX Runtime refuses the model: ");
  }

  @Test
  void refusesOutputsInAnotherOrder() {
    decoder
        .setOutput(0, TestBundle.matrix("log_var", 2))
        .setOutput(1, TestBundle.matrix("mean", 2));

    assertRefused("decoder.onnx: outputs: expected [mean, log_var], found [log_var, mean]");
  }

  @Test
  void refusesASecondInput() {
    decoder.addInput(TestBundle.matrix("extra", 1));

    assertRefused("decoder.onnx: inputs: expected [z], found [z, extra]");
  }

  @Test
  void refusesAFixedBatch() {
    encoder
        .getInputBuilder(0)
        .getTypeBuilder()
        .getTensorTypeBuilder()
        .getShapeBuilder()
        .getDimBuilder(0)
        .setDimValue(1);

    assertRefused(
        "shape of input \"x\": expected [any number of rows, a fixed width], found [1, 2]");
  }

  @Test
  void refusesDataInAnotherFile() {
    encoder
        .getInitializerBuilder(1)
        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
        .addExternalData(
            StringStringEntryProto.newBuilder().setKey("location").setValue("/etc/passwd"));

    assertRefused("tensors: expected their data within the file, found \"v\" with data in another");
  }

  @Test
  void refusesATensorShorterThanItsShape() {
    encoder.getInitializerBuilder(0).clearFloatData();

    assertRefused("encoder.onnx: size of tensor \"w\": expected [2, 1] floats, found 0 bytes");
  }

  @Test
  void refusesATensorWhoseShapeOverflows() {
    encoder.getInitializerBuilder(0).clearDims().addDims(Long.MAX_VALUE).addDims(4);

    assertRefused(
        "encoder.onnx: shape of tensor \"w\": expected at most two dimensions of at most 65536");
  }

  /** A sum of a column and a row is a matrix: 512 kB of weights would ask for 16 GB. */
  @Test
  void refusesMatricesThatMeetElsewhereThanAsWeights() {
    encoder.getNodeBuilder(0).setOpType("Add");

    assertRefused(
        "encoder.onnx: matrices: expected weights of MatMul and Gemm alone, found \"w\" as input 1"
            + " of Add");
  }

  @Test
  void refusesAProductOfTwoMatrices() {
    encoder.getNodeBuilder(0).setInput(0, "v");

    assertRefused("encoder.onnx: matrices: expected weights of MatMul and Gemm alone, found \"v\"");
  }

  @Test
  void refusesRowsThatBecomeColumns() {
    encoder
        .getNodeBuilder(0)
        .setOpType("Gemm")
        .addAttribute(
            AttributeProto.newBuilder()
                .setName("transA")
                .setType(AttributeProto.AttributeType.INT)
                .setI(1));

    assertRefused("encoder.onnx: attributes: expected rows that stay rows, found transA of Gemm");
  }

  @Test
  void refusesDoublePrecision() {
    encoder.getInitializerBuilder(0).setDataType(TensorProto.DataType.DOUBLE.getNumber());

    assertRefused("encoder.onnx: tensors: expected float32, found \"w\" of type DOUBLE");
  }

  @Test
  void refusesAnOperatorThatNetworksDoNotNeed() {
    encoder.getNodeBuilder(0).setOpType("Loop");

    assertRefused("encoder.onnx: operators: expected those of [Add, Clip, Gemm", "found Loop");
  }

  @Test
  void refusesAnOperatorOfAnotherDomain() {
    encoder.getNodeBuilder(0).setDomain("com.microsoft");

    assertRefused("encoder.onnx: operators: expected those of");
  }

  @Test
  void refusesAGraphWithinTheGraph() {
    encoder
        .getNodeBuilder(0)
        .addAttribute(
            AttributeProto.newBuilder()
                .setName("body")
                .setType(AttributeProto.AttributeType.GRAPH));

    assertRefused("attributes: expected numbers, found GRAPH \"body\" of MatMul");
  }

  @Test
  void refusesANewerOperatorSet() {
    bundle.decoder().setOpsetImport(0, OperatorSetIdProto.newBuilder().setVersion(21));

    assertRefused("decoder.onnx: operator sets: expected the default one of version 17");
  }

  @Test
  void refusesANewerIntermediateRepresentation() {
    bundle.decoder().setIrVersion(10);

    assertRefused("decoder.onnx: IR version: expected 8, found 10");
  }

  @Test
  void refusesWhatIsNoModel() {
    ModelBundle damaged = bundle.build("no model".getBytes(UTF_8));

    assertThatThrownBy(() -> Scorer.open(damaged))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("encoder.onnx: expected an ONNX model, found something else");
  }

  @Test
  void refusesNetworksThatLoadButScoreDifferently() {
    decoder.getInitializerBuilder(0).setFloatData(0, 1.001f);

    assertRefused("golden.json: observation 0: expected score 3.3378", "within 1.0E-5 nats");
  }

  @Test
  void refusesNetworksWhoseScoreIsNoNumber() {
    decoder.getInitializerBuilder(0).setFloatData(0, Float.NaN);

    assertRefused("golden.json: observation 0", "found NaN, largest difference NaN");
  }

  @Test
  void refusesAContributionThatDiffersWhereTheSumDoesNot() {
    double c = TestBundle.CONTRIBUTION;
    bundle.withGolden(
        new Golden(
            1e-5,
            List.of(
                new GoldenObservation(
                    List.of(14.0, 1.0), 2 * c + 0.5, 2 * c, 0.5, List.of(c + 0.25, c - 0.25)))));

    assertRefused("golden.json: observation 0", "largest difference 0.2");
  }

  private void assertRefused(String... messageParts) {
    assertThatThrownBy(() -> Scorer.open(bundle.build()).close())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(messageParts);
  }
}
