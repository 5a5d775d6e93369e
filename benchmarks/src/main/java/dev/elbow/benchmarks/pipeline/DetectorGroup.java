package dev.elbow.benchmarks.pipeline;

import dev.elbow.benchmarks.reliability.DetectorProcess;
import dev.elbow.benchmarks.reliability.Launch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Detectors in one group, each a process of its own, that share the partitions of a recording. */
final class DetectorGroup implements AutoCloseable {

  /** As in production, with a heap that leaves room for others on the machine. */
  private static final Launch LAUNCH = new Launch(List.of(), List.of("-Xmx1g"), Map.of());

  private final List<DetectorProcess> processes = new ArrayList<>();
  private final List<Counters> counters = new ArrayList<>();

  /**
   * Starts them.
   *
   * @param directory for what they leave behind
   * @param count how many, at least 1
   * @param settings of each
   */
  DetectorGroup(Path directory, int count, Map<String, String> settings) throws IOException {
    for (int i = 1; i <= count; i++) {
      DetectorProcess process =
          DetectorProcess.start(
              DetectorProcess.Program.DETECTOR, LAUNCH, directory, "instance-" + i, settings);
      processes.add(process);
      counters.add(new Counters(process.port()));
    }
  }

  /**
   * How many records they have judged, but for those in hand; one that does not answer yet, none.
   */
  long done() {
    long done = 0;
    for (int i = 0; i < processes.size(); i++) {
      done += done(i);
    }
    return done;
  }

  private long done(int i) {
    try {
      return counters.get(i).of(Counters.RECEIVED);
    } catch (IOException notYet) {
      if (!processes.get(i).isAlive()) {
        throw new IllegalStateException("a detector has ended before it was measured", notYet);
      }
      return 0;
    }
  }

  /**
   * Makes sure that each has judged some of the records.
   *
   * @throws IllegalStateException if the group gave one of them nothing to read
   */
  void checkShared() {
    for (int i = 0; i < processes.size(); i++) {
      if (done(i) == 0) {
        throw new IllegalStateException(
            "instance %d of %d has judged none of %,d records: the group had not gathered in time"
                .formatted(i + 1, processes.size(), done()));
      }
    }
  }

  @Override
  public void close() {
    processes.forEach(DetectorProcess::close);
  }
}
