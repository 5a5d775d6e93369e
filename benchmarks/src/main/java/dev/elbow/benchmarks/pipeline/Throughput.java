package dev.elbow.benchmarks.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** One recording and one bundle, read again and again in different ways. */
final class Throughput {

  private static final Duration MOST = Duration.ofSeconds(5);

  private static final String REJECTED = "elbow_observations_total{outcome=\"rejected\"}";

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
    this(
        workshop,
        name,
        net,
        plant,
        format,
        Recording.write(
            workshop.broker(), name, partitions, records, plant, format, workshop.schemas(plant)));
  }

  /**
   * Reads a recording that is there.
   *
   * @param name tells it from others
   * @param plant whose records they are
   * @param format theirs
   */
  Throughput(
      Workshop workshop, String name, Net net, Plant plant, Format format, Recording recording) {
    this.workshop = workshop;
    this.plant = plant;
    this.format = format;
    this.bundle = workshop.bundle(net, plant, name + "-bundle");
    this.recording = recording;
  }

  /** Records per second that are passed through unscored, one by one. */
  double passthrough() throws IOException, InterruptedException {
    try (Passthrough stream = workshop.passthrough(recording, plant, format)) {
      return Rate.of(stream::done, recording.records(), MOST);
    }
  }

  /** Records per second that are judged, at least once each unless the settings say otherwise. */
  double detector(Map<String, String> settings) throws IOException, InterruptedException {
    try (RunningDetector detector = workshop.detector(recording, bundle, all(settings))) {
      double rate = Rate.of(detector::done, recording.records(), MOST);
      checkJudged(detector);
      return rate;
    }
  }

  /** What is rejected costs less than what is scored, and would be measured in its place. */
  private static void checkJudged(RunningDetector detector) {
    long rejected = detector.counted(REJECTED);
    if (rejected > 0) {
      throw new IllegalStateException(
          "%d records were rejected, expected none".formatted(rejected));
    }
  }

  /**
   * The same once it has gone on for some time.
   *
   * @param most how long to watch at most
   */
  double detector(Map<String, String> settings, Duration warmUp, Duration most)
      throws IOException, InterruptedException {
    try (RunningDetector detector = workshop.detector(recording, bundle, all(settings))) {
      double rate = Rate.after(warmUp, detector::done, recording.records(), most);
      checkJudged(detector);
      return rate;
    }
  }

  /**
   * Records per second that detectors in one group judge together, each a process of its own, at
   * least once.
   *
   * @param most how long to watch at most
   */
  double group(int detectors, Duration warmUp, Duration most)
      throws IOException, InterruptedException {
    try (DetectorGroup group = workshop.group(detectors, recording, bundle, all(Map.of()))) {
      double rate = Rate.after(warmUp, group::done, recording.records(), most);
      group.checkShared();
      return rate;
    }
  }

  private Map<String, String> all(Map<String, String> settings) throws IOException {
    Map<String, String> all = new HashMap<>(format.settings(workshop.schemas(plant)));
    all.put("processing.guarantee", "at_least_once");
    all.putAll(settings);
    return all;
  }
}
