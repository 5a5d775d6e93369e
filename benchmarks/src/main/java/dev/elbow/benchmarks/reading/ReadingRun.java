package dev.elbow.benchmarks.reading;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.elbow.benchmarks.Figure;
import dev.elbow.trainer.data.SensorFiles;
import dev.elbow.trainer.data.SensorTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the files in turn, several times, and compares the medians. */
final class ReadingRun {

  private static final int WARM_UPS = 2;

  private final Path avro;
  private final Path json;
  private final int rounds;

  ReadingRun(Path avro, Path json, int rounds) {
    this.avro = avro;
    this.json = json;
    this.rounds = rounds;
  }

  /** Records per second of each, and of the baseline. */
  List<Figure> speed() throws IOException {
    List<Double> byAvro = new ArrayList<>();
    List<Double> byJson = new ArrayList<>();
    List<Double> byJackson = new ArrayList<>();
    for (int round = 0; round < WARM_UPS + rounds; round++) {
      double ofAvro = perSecond(() -> table(avro).count());
      double ofJson = perSecond(() -> table(json).count());
      double ofJackson = perSecond(this::dataBinding);
      if (round >= WARM_UPS) {
        byAvro.add(ofAvro);
        byJson.add(ofJson);
        byJackson.add(ofJackson);
      }
    }
    double baseline = median(byJackson);
    return List.of(
        Figure.of("reading.avro_over_jackson", median(byAvro), "records/s", baseline),
        Figure.of("reading.json_over_jackson", median(byJson), "records/s", baseline));
  }

  /** Bytes of heap that the table of the Avro file takes, beside four for every value. */
  Figure heap() {
    long before = usedBytes();
    SensorTable table = table(avro);
    long taken = usedBytes() - before;
    return Figure.of(
        "reading.heap_over_floats",
        (double) taken,
        "bytes",
        (double) table.count() * table.features() * Float.BYTES);
  }

  /** What is reachable: the collector has just run. */
  private static long usedBytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static SensorTable table(Path file) {
    return new SensorFiles(List.of(file), Optional.empty()).read();
  }

  /** The rows of the JSON lines, as floats in the order of the first row's sensors. */
  private int dataBinding() throws IOException {
    List<float[]> rows = new ArrayList<>();
    Map<String, Integer> columns = new HashMap<>();
    try (MappingIterator<JsonRecord> records =
        new ObjectMapper().readerFor(JsonRecord.class).readValues(json.toFile())) {
      while (records.hasNext()) {
        Map<String, Double> values = records.next().values();
        values.keySet().forEach(name -> columns.putIfAbsent(name, columns.size()));
        float[] row = new float[columns.size()];
        values.forEach((name, value) -> row[columns.getOrDefault(name, 0)] = value.floatValue());
        rows.add(row);
      }
    }
    return rows.size();
  }

  /** Something that reads records and says how many. */
  @FunctionalInterface
  private interface Reading {
    int records() throws IOException;
  }

  private static double perSecond(Reading reading) throws IOException {
    long start = System.nanoTime();
    int records = reading.records();
    return records / ((System.nanoTime() - start) / 1e9);
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
  }
}
