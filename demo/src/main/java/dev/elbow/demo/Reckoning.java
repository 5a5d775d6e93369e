package dev.elbow.demo;

import dev.elbow.bundle.ModelBundle;
import dev.elbow.event.Anomaly;
import dev.elbow.trainer.data.SensorTable;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/** Brings together what was sent and what came back. */
final class Reckoning {

  private final DemoData data;
  private final ModelBundle model;
  private final TrackedReplay replay;

  Reckoning(DemoData data, ModelBundle model, TrackedReplay replay) {
    this.data = data;
    this.model = model;
    this.replay = replay;
  }

  DemoResult result(Counts counts, List<Results.Arrival> arrivals, long rejections, long episodes) {
    Map<Integer, Anomaly> anomalies = new HashMap<>();
    LongStream.Builder nanos = LongStream.builder();
    for (Results.Arrival arrival : arrivals) {
      replay
          .rowAt(arrival.anomaly().source())
          .ifPresent(
              row -> {
                anomalies.put(row, arrival.anomaly());
                nanos.add(arrival.nanos() - replay.sentNanos(row));
              });
    }
    int ofTheModel =
        (int)
            arrivals.stream()
                .filter(arrival -> arrival.anomaly().model().equals(model.id()))
                .count();
    SensorTable table = data.replay();
    return new DemoResult(
        model.id(),
        model.manifest(),
        table.count(),
        replay.sent(),
        replay.time(),
        counts,
        new DemoResult.ReadBack(
            arrivals.size(), anomalies.size(), ofTheModel, rejections, episodes),
        latency(nanos.build().sorted().toArray()),
        table.hasLabels()
            ? Optional.of(Findings.of(table, replay.sent(), anomalies, data.faults()))
            : Optional.empty());
  }

  /** Nearest-rank percentiles of sorted latencies. */
  private static Optional<DemoResult.Latency> latency(long[] nanos) {
    if (nanos.length == 0) {
      return Optional.empty();
    }
    return Optional.of(new DemoResult.Latency(rank(nanos, 0.5), rank(nanos, 0.99)));
  }

  private static Duration rank(long[] sorted, double share) {
    return Duration.ofNanos(sorted[(int) Math.ceil(share * sorted.length) - 1]);
  }
}
