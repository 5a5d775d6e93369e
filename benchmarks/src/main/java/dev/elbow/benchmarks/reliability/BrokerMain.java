package dev.elbow.benchmarks.reliability;

import dev.elbow.broker.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;

/** The program of a {@link BrokerProcess}: a broker until its standard input ends. */
final class BrokerMain {

  /**
   * How long the broker waits for a member that was killed, under either protocol, and for its
   * transaction. By default it is 10 s at the detector; a run would spend most of its time in it.
   */
  static final String SESSION_MS = "3000";

  private static final String HEARTBEAT_MS = "1000";

  /** How often it looks for transactions of the dead; every 10 s by default. */
  private static final String TRANSACTION_CHECK_MS = "1000";

  private BrokerMain() {}

  /**
   * Runs it.
   *
   * @param args the directory of its data; and its port, 0 for a free one, which the first line on
   *     standard output tells
   */
  public static void main(String[] args) throws IOException {
    EmbeddedBroker broker =
        EmbeddedBroker.builder()
            .dataDirectory(Path.of(args[0]))
            .port(Integer.parseInt(args[1]))
            .property(
                "transaction.abort.timed.out.transaction.cleanup.interval.ms", TRANSACTION_CHECK_MS)
            .property("group.min.session.timeout.ms", SESSION_MS)
            .property("group.streams.session.timeout.ms", SESSION_MS)
            .property("group.streams.min.session.timeout.ms", SESSION_MS)
            .property("group.streams.heartbeat.interval.ms", HEARTBEAT_MS)
            .property("group.streams.min.heartbeat.interval.ms", HEARTBEAT_MS)
            .property("group.streams.initial.rebalance.delay.ms", "0")
            .start();
    System.out.println(broker.port());
    while (System.in.read() >= 0) {
      // nothing is sent; the end comes when the parent has gone
    }
    Runtime.getRuntime().halt(0);
  }
}
