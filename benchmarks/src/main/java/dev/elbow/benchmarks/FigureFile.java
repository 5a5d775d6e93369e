package dev.elbow.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elbow.input.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes figures as a JSON array, one object a figure; its ratio is null where the baseline is 0.
 */
final class FigureFile {

  private FigureFile() {}

  /**
   * Replaces the file.
   *
   * @throws InvalidInputException if the file cannot be written
   */
  static void write(Path file, List<Figure> figures) {
    ObjectMapper mapper = new ObjectMapper();
    ArrayNode array = mapper.createArrayNode();
    for (Figure figure : figures) {
      ObjectNode object = mapper.valueToTree(figure);
      if (!Double.isFinite(figure.ratio())) {
        object.putNull("ratio"); // JSON has no infinity
      }
      array.add(object);
    }
    try {
      mapper.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), array);
    } catch (IOException e) {
      throw new InvalidInputException("--output %s: cannot be written: %s".formatted(file, e), e);
    }
  }
}
