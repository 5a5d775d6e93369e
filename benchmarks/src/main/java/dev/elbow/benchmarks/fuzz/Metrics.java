package dev.elbow.benchmarks.fuzz;

import dev.elbow.benchmarks.pipeline.RunningDetector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether a detector's metrics tell the same as the topics. */
record Metrics(
    long received,
    long normal,
    long anomalous,
    long rejected,
    long warmingUp,
    Acknowledgements acknowledgements) {

  /** What the detector says has become of the records of the acknowledgements topic. */
  record Acknowledgements(long applied, long nothing, long rejected) {

    static Acknowledgements of(RunningDetector detector) {
      return new Acknowledgements(
          outcome(detector, "applied"),
          outcome(detector, "nothing-to-acknowledge"),
          outcome(detector, "rejected"));
    }

    private static long outcome(RunningDetector detector, String outcome) {
      return detector.counted("elbow_acknowledgements_total{outcome=\"" + outcome + "\"}");
    }

    long taken() {
      return applied + nothing;
    }

    long all() {
      return taken() + rejected;
    }
  }

  Metrics(RunningDetector detector) {
    this(
        detector.counted("elbow_observations_received_total"),
        outcome(detector, "normal"),
        outcome(detector, "anomalous"),
        outcome(detector, "rejected"),
        outcome(detector, "warming-up"),
        Acknowledgements.of(detector));
  }

  private static long outcome(RunningDetector detector, String outcome) {
    return detector.counted("elbow_observations_total{outcome=\"" + outcome + "\"}");
  }

  /**
   * What does not add up, each as a sentence.
   *
   * @param sent how many records were sent
   * @param tallies what the topics say has become of them
   * @param acknowledged what has become of the acknowledgements
   */
  List<String> discrepancies(
      long sent, Map<String, Tally> tallies, AcknowledgementAccount acknowledged) {
    Tally all = new Tally();
    tallies.values().forEach(all::add);
    List<String> found = new ArrayList<>();
    compare(found, "received", received, sent);
    compare(found, "the sum of all outcomes", normal + anomalous + rejected + warmingUp, received);
    compare(found, "normal", normal, all.scored() - all.anomalous());
    compare(found, "anomalous", anomalous, all.anomalous());
    compare(found, "rejected", rejected, all.rejected());
    compare(found, "warming up", warmingUp, all.warmingUp());
    found.addAll(acknowledged.discrepancies(acknowledgements.taken(), acknowledgements.rejected()));
    return found;
  }

  private static void compare(List<String> found, String what, long metric, long expected) {
    if (metric != expected) {
      found.add("metrics: %s is %d, expected %d".formatted(what, metric, expected));
    }
  }
}
