package dev.elbow.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the figures of a benchmark go beside the terminal: the same for all of them. */
public final class FigureOptions {

  @Option(
      names = "--output",
      paramLabel = "FILE.json",
      description = "Also write the figures as JSON.")
  private Optional<Path> output = Optional.empty();

  /**
   * Writes them, if a file was asked for.
   *
   * @throws dev.elbow.input.InvalidInputException if it cannot be written
   */
  public void write(List<Figure> figures) {
    output.ifPresent(file -> FigureFile.write(file, figures));
  }
}
