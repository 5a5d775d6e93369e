package dev.elbow.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;

/** What makes a Kafka server a single node for one machine: its settings and its formatted disk. */
final class BrokerConfiguration {

  private static final int NODE_ID = 1;
  private static final String BROKER = "BROKER";
  private static final String CONTROLLER = "CONTROLLER";

  private BrokerConfiguration() {}

  /** The settings that do not depend on ports; a new map that the caller may change. */
  static Map<String, String> defaults(Path dataDirectory) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("process.roles", "broker,controller");
    properties.put("node.id", Integer.toString(NODE_ID));
    properties.put("log.dirs", dataDirectory.toString());

    // One node: every internal topic has one replica, and few partitions so that it starts fast.
    properties.put("offsets.topic.replication.factor", "1");
    properties.put("offsets.topic.num.partitions", "2");
    properties.put("transaction.state.log.replication.factor", "1");
    properties.put("transaction.state.log.min.isr", "1");
    properties.put("transaction.state.log.num.partitions", "2");
    properties.put("share.coordinator.state.topic.replication.factor", "1");
    properties.put("share.coordinator.state.topic.min.isr", "1");
    properties.put("share.coordinator.state.topic.num.partitions", "1");
    properties.put("group.initial.rebalance.delay.ms", "0");

    // Replayed data carry old timestamps; by default Kafka deletes them within minutes.
    properties.put("log.retention.ms", "-1");
    properties.put("auto.create.topics.enable", "false");

    // Small buffers and pools: the broker shares the heap and the cores with what it serves.
    properties.put("log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20));
    properties.put("num.network.threads", "2");
    properties.put("num.io.threads", "4");
    properties.put("num.recovery.threads.per.data.dir", "1");
    return properties;
  }

  /** Puts both listeners on one host and names the controller's as the whole quorum. */
  static void addAddresses(
      Map<String, String> properties, String host, int brokerPort, int controllerPort) {
    String broker = BROKER + "://" + host + ":" + brokerPort;
    properties.put("listeners", broker + "," + CONTROLLER + "://" + host + ":" + controllerPort);
    properties.put("advertised.listeners", broker);
    properties.put("inter.broker.listener.name", BROKER);
    properties.put("controller.listener.names", CONTROLLER);
    properties.put(
        "listener.security.protocol.map", BROKER + ":PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
    properties.put("controller.quorum.voters", NODE_ID + "@" + host + ":" + controllerPort);
  }

  /**
   * Formats the directory unless it is formatted already, as {@code kafka-storage format} does.
   *
   * @throws IOException if the directory cannot be written
   */
  static void format(Path dataDirectory, Uuid clusterId) throws IOException {
    if (Files.exists(dataDirectory.resolve("meta.properties"))) {
      return;
    }
    String directory = dataDirectory.toString();
    Formatter formatter =
        new Formatter()
            .setClusterId(clusterId.toString())
            .setNodeId(NODE_ID)
            .setControllerListenerName(CONTROLLER)
            .setDirectories(List.of(directory))
            .setMetadataLogDirectory(directory)
            .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
            .setReleaseVersion(MetadataVersion.latestProduction());
    try (PrintStream silent = new PrintStream(OutputStream.nullOutputStream())) {
      formatter.setPrintStream(silent).run();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("cannot format " + directory + " for Kafka: " + e.getMessage(), e);
    }
  }
}
