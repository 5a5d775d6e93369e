package dev.elbow.trainer.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.elbow.row.FrontEnd;
import dev.elbow.row.RowHistory;
import dev.elbow.row.Window;
import dev.elbow.score.Mask;
import dev.elbow.score.Rows;
import dev.elbow.scoring.ScoredRow;
import dev.elbow.scoring.Scorer;
import dev.elbow.trainer.vae.Architecture;
import dev.elbow.trainer.vae.Vae;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds docs/bundle-format.md to what the trainer writes. */
class BundleFormatDocTest {

  private static final Path DOC = Path.of("../docs/bundle-format.md");

  private final BundleExport export =
      Exports.ofWindows(Exports.three(), 4, new Window(List.of(1, 1, 2, 4)), 2);
  private final Path directory;
  private final Path model;

  BundleFormatDocTest(@TempDir Path directory) {
    this.directory = directory;
    this.model = directory.resolve("model");
    export.writeTo(model, Optional.empty());
  }

  @Test
  void namesEveryFile() throws IOException {
    try (Stream<Path> files = Files.list(model)) {
      assertThat(files.map(file -> file.getFileName().toString().replace("-3.", "-2.")))
          .allSatisfy(BundleFormatDocTest::assertDocNames);
    }
  }

  @Test
  void namesEveryFieldOfTheJson() throws IOException {
    var fields = new TreeSet<String>();
    for (String file : List.of("manifest.json", "golden.json")) {
      collectFields(new ObjectMapper().readTree(model.resolve(file).toFile()), fields);
    }

    assertThat(fields).hasSizeGreaterThan(30).allSatisfy(BundleFormatDocTest::assertDocNames);
  }

  @Test
  void namesEveryOperator() throws IOException {
    Vae vae = Exports.vae(Architecture.defaults(8).withLinearSkips(true), 1);
    Set<String> operators =
        Stream.of(OnnxExport.encoder(vae), OnnxExport.decoder(vae))
            .flatMap(onnx -> parse(onnx).getGraph().getNodeList().stream())
            .map(NodeProto::getOpType)
            .collect(Collectors.toSet());

    assertThat(Files.readString(DOC)).contains(operators);
  }

  static Stream<BundleExport> exports() {
    return Stream.of(
        Exports.of(Exports.three(), 4),
        Exports.withMixture(Exports.three(), 4),
        Exports.ofWindows(Exports.three(), 4, new Window(List.of(1, 1, 2, 4)), 2));
  }

  /** Runs wherever Python, numpy and onnxruntime are installed. */
  @ParameterizedTest
  @MethodSource("exports")
  void itsScriptScoresAsTheScorerDoes(BundleExport export)
      throws IOException, InterruptedException {
    assumeTrue(python(List.of("-c", "import numpy, onnxruntime")).isPresent(), "needs onnxruntime");
    FrontEnd frontEnd = export.model().frontEnd();
    List<double[]> rows = Exports.observations(frontEnd.transform(), 300, 5);
    Path bundle = directory.resolve("scored");
    export.writeTo(bundle, Optional.empty());
    Path script = Files.writeString(directory.resolve("score.py"), script());
    Path csv = Files.writeString(directory.resolve("data.csv"), csv(frontEnd, rows));

    List<String> lines =
        python(List.of(script.toString(), bundle.toString(), csv.toString())).orElseThrow();

    List<ScoredRow> scored = score(export, rows);
    assertThat(lines).hasSize(scored.size());
    double tolerance = export.toBundle().golden().tolerance();
    for (int i = 0; i < scored.size(); i++) {
      String line = lines.get(i);
      assertThat(Double.parseDouble(line.substring(0, line.indexOf(','))))
          .isCloseTo(scored.get(i).score(), within(tolerance));
    }
  }

  /** Every row that has a window behind it. */
  private static List<ScoredRow> score(BundleExport export, List<double[]> rows) {
    int windows = rows.size() - export.model().frontEnd().window().rows() + 1;
    RowHistory history =
        new RowHistory(export.model().frontEnd().transform(), export.model().frontEnd().window());
    Rows x = Rows.zeros(windows, history.features());
    Mask mask = Mask.all(windows, history.features());
    int i = 0;
    for (double[] row : rows) {
      history.add(row);
      if (history.isWarm()) {
        history.write(x, mask, i++);
      }
    }
    try (Scorer scorer = Scorer.open(export.toBundle())) {
      return scorer.score(x, mask);
    }
  }

  @Test
  void itsScriptHasSixtyLines() throws IOException {
    assertThat(script().lines().count()).isLessThanOrEqualTo(60);
  }

  private static String script() throws IOException {
    String doc = Files.readString(DOC);
    String fence = "```python\n";
    int start = doc.indexOf(fence) + fence.length();
    return doc.substring(start, doc.indexOf("```", start));
  }

  private static String csv(FrontEnd frontEnd, List<double[]> observations) {
    List<String> lines = new ArrayList<>();
    lines.add(String.join(",", frontEnd.transform().names()));
    for (double[] values : observations) {
      lines.add(Arrays.stream(values).mapToObj(Double::toString).collect(Collectors.joining(",")));
    }
    return String.join("\n", lines) + "\n";
  }

  private static Optional<List<String>> python(List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("python3"));
    command.addAll(arguments);
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? Optional.of(output.lines().toList()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static void collectFields(JsonNode node, Set<String> fields) {
    node.fieldNames().forEachRemaining(fields::add);
    node.forEach(child -> collectFields(child, fields));
  }

  private static void assertDocNames(String name) {
    try {
      assertThat(Files.readString(DOC)).contains("`" + name);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static ModelProto parse(byte[] onnx) {
    try {
      return ModelProto.parseFrom(onnx);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
