package dev.elbow.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.elbow.input.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Writes figures as a JSON array, one object a figure. */
public final class FigureFile {

  private FigureFile() {}

  /**
   * Replaces the file.
   *
   * @throws InvalidInputException if the file cannot be written
   */
  public static void write(Path file, List<Figure> figures) {
    try {
      new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), figures);
    } catch (IOException e) {
      throw new InvalidInputException("--output %s: cannot be written: %s".formatted(file, e), e);
    }
  }
}
