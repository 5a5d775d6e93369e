package dev.elbow.benchmarks.reading;

import dev.elbow.benchmarks.Figure;
import dev.elbow.benchmarks.FigureOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code benchmark reading}: archives into tables. */
@Command(
    name = "reading",
    mixinStandardHelpOptions = true,
    description =
        "Reads made-up records from an Avro container file and from JSON lines into the table that"
            + " training takes, beside Jackson's data binding of the same lines; and weighs the"
            + " table.")
public final class ReadingCommand implements Callable<Integer> {

  @Option(
      names = "--records",
      paramLabel = "N",
      defaultValue = "200000",
      description = "How many to read for speed. Default: ${DEFAULT-VALUE}.")
  private int records;

  @Option(
      names = "--heap-records",
      paramLabel = "N",
      defaultValue = "5000000",
      description =
          "How many the table has that is weighed, 0 for none. Default: ${DEFAULT-VALUE}.")
  private int heapRecords;

  @Option(
      names = "--sensors",
      paramLabel = "D",
      defaultValue = "38",
      description = "How many sensors a record has. Default: ${DEFAULT-VALUE}.")
  private int sensors;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description =
          "How often each is read, after two rounds to warm up. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Mixin private FigureOptions output = new FigureOptions();

  @Override
  public Integer call() throws IOException {
    Path avro = Files.createTempFile("elbow-reading-", ".avro");
    Path json = Files.createTempFile("elbow-reading-", ".json");
    try {
      List<Figure> figures = measure(avro, json);
      figures.forEach(
          figure ->
              System.out.printf(
                  "%-28s %,15.0f %s; baseline %,15.0f; ratio %.2f%n",
                  figure.name(), figure.value(), figure.unit(), figure.baseline(), figure.ratio()));
      output.write(figures);
      return 0;
    } finally {
      Files.delete(avro);
      Files.delete(json);
    }
  }

  private List<Figure> measure(Path avro, Path json) throws IOException {
    ReadingFiles files = new ReadingFiles(sensors);
    files.writeAvro(avro, records);
    files.writeJson(json, records);
    List<Figure> figures = new ArrayList<>(new ReadingRun(avro, json, rounds).speed());
    if (heapRecords > 0) {
      files.writeAvro(avro, heapRecords);
      figures.add(new ReadingRun(avro, json, rounds).heap());
    }
    return figures;
  }
}
