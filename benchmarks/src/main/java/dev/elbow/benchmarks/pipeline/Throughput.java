package dev.elbow.benchmarks.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** One recording and one bundle, read again and again in different ways. */
final class Throughput {

  private static final Duration MOST = Duration.ofSeconds(5);

  private final Workshop workshop;
  private final Plant plant;
  private final Format format;
  private final Recording recording;
  private final Path bundle;

  /**
   * Writes the recording.
   *
   * @param name tells it from others
   * @param records how many there are to read
   */
  Throughput(
      Workshop workshop,
      String name,
      Net net,
      Plant plant,
      Format format,
      int partitions,
      long records)
      throws IOException {
    this.workshop = workshop;
    this.plant = plant;
    this.format = format;
    this.bundle = workshop.bundle(net, plant, name + "-bundle");
    this.recording =
        Recording.write(
            workshop.broker(),
            name,
            partitions,
            records,
            plant,
            format,
            workshop.folder("schemas"));
  }

  /** Records per second that are passed through unscored, one by one. */
  double passthrough() throws IOException, InterruptedException {
    try (Passthrough stream = workshop.passthrough(recording, plant, format)) {
      return Rate.of(stream::done, recording.records(), MOST);
    }
  }

  /** Records per second that are judged, at least once each unless the settings say otherwise. */
  double detector(Map<String, String> settings) throws IOException, InterruptedException {
    Map<String, String> all = new HashMap<>(format.settings(workshop.folder("schemas")));
    all.put("processing.guarantee", "at_least_once");
    all.putAll(settings);
    try (RunningDetector detector = workshop.detector(recording, bundle, all)) {
      return Rate.of(detector::done, recording.records(), MOST);
    }
  }
}
