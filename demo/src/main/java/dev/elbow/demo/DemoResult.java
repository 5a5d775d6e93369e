package dev.elbow.demo;

import dev.elbow.bundle.Manifest;
import java.time.Duration;
import java.util.Optional;

/**
 * What came of a demo.
 *
 * @param model id of the bundle that scored everything
 * @param manifest of that bundle
 * @param rows how many rows there were to send
 * @param sent how many were sent
 * @param sendingTime from the first record to the acknowledgement of the last
 * @param counts what the detector's metrics say
 * @param readBack what the topics hold
 * @param latency from sending an observation to reading its anomaly; empty if there was none
 * @param findings held against the labels; empty if the data have none
 */
public record DemoResult(
    String model,
    Manifest manifest,
    int rows,
    int sent,
    Duration sendingTime,
    Counts counts,
    ReadBack readBack,
    Optional<Latency> latency,
    Optional<Findings> findings) {

  /**
   * What was read from the topics the detector writes.
   *
   * @param anomalies how many
   * @param anomalousRows how many different rows sent they are about
   * @param ofTheModel how many of them name the model
   * @param rejections how many
   * @param episodes how many have begun
   */
  public record ReadBack(
      int anomalies, int anomalousRows, int ofTheModel, long rejections, long episodes) {}

  /**
   * How long anomalies took.
   *
   * @param median of all anomalies read
   * @param p99 99 % of them took no longer
   */
  public record Latency(Duration median, Duration p99) {}

  /**
   * Whether no observation was lost or counted twice: all that was sent was received, each has one
   * outcome, and the topics hold what the metrics say.
   */
  public boolean addsUp() {
    return counts.addUp()
        && counts.received() == sent
        && counts.anomalous() == readBack.anomalies()
        && counts.anomalous() == readBack.anomalousRows()
        && counts.rejected() == readBack.rejections()
        && counts.episodes() == readBack.episodes();
  }
}
