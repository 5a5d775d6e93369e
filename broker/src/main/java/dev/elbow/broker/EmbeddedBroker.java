package dev.elbow.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.utils.Time;

/**
 * A Kafka broker and its KRaft controller in this process: the real server code, one node,
 * reachable from this machine only.
 *
 * <p>Data lives in one directory and survives {@link #stop} and {@link #restart}, which keep the
 * port, and a new process on the same directory. A temporary directory is deleted by {@link
 * #close}. Records never expire by age, whatever their timestamps say, and topics are never created
 * by accident.
 *
 * <p>Like Kafka itself, the broker halts the whole process when it meets an error it cannot
 * survive, such as its directory vanishing. Its log goes to slf4j under {@code org.apache.kafka}
 * and {@code kafka}; at INFO it is long. Safe for use by several threads.
 */
public final class EmbeddedBroker implements AutoCloseable {

  private static final String HOST = "127.0.0.1";
  private static final int METADATA_POLL_MS = 5;

  private final Path dataDirectory;
  private final boolean temporary;
  private final int port;
  private final Map<String, String> configuration;
  private Optional<KafkaRaftServer> server = Optional.empty();
  private boolean closed;

  private EmbeddedBroker(
      Path dataDirectory, boolean temporary, int port, Map<String, String> configuration) {
    this.dataDirectory = dataDirectory;
    this.temporary = temporary;
    this.port = port;
    this.configuration = configuration;
  }

  /**
   * Starts a broker on a free port.
   *
   * @param dataDirectory created and formatted where it is empty or missing, else taken up again
   * @throws IOException if the directory cannot be used or no port is free
   */
  public static EmbeddedBroker start(Path dataDirectory) throws IOException {
    return builder().dataDirectory(dataDirectory).start();
  }

  /**
   * Starts a broker on a free port whose data {@link #close} deletes.
   *
   * @throws IOException if the temporary directory cannot be used or no port is free
   */
  public static EmbeddedBroker startTemporary() throws IOException {
    return builder().start();
  }

  /** A broker with settings of its own: see {@link Builder}. */
  public static Builder builder() {
    return new Builder();
  }

  /** What to hand to a client as {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return HOST + ":" + port;
  }

  /** The port of the broker's listener, the same after every restart. */
  public int port() {
    return port;
  }

  /** Where the broker keeps its data. */
  public Path dataDirectory() {
    return dataDirectory;
  }

  /**
   * Creates a topic and waits until the broker knows it, which is a little after the controller.
   *
   * @param partitions at least 1
   * @param topicConfiguration such as {@code retention.ms}; may be empty
   * @throws org.apache.kafka.common.errors.TopicExistsException if there is a topic of that name
   * @throws org.apache.kafka.common.KafkaException if Kafka refuses for another reason
   */
  public void createTopic(String name, int partitions, Map<String, String> topicConfiguration) {
    short replicas = 1;
    NewTopic topic = new NewTopic(name, partitions, replicas).configs(topicConfiguration);
    try (Admin admin =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()))) {
      admin.createTopics(List.of(topic)).all().get();
      while (!admin.listTopics().names().get().contains(name)) {
        TimeUnit.MILLISECONDS.sleep(METADATA_POLL_MS);
      }
    } catch (InterruptedException e) {
      throw new InterruptException(e); // restores the interrupt flag
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException refused
          ? refused
          : new IllegalStateException("topic " + name + " could not be created", e);
    }
  }

  /** Stops the broker in good order and keeps its data; does nothing where it is stopped. */
  public synchronized void stop() {
    server.ifPresent(
        running -> {
          running.shutdown();
          running.awaitShutdown();
        });
    server = Optional.empty();
  }

  /**
   * Stops the broker where it runs and starts it on the same directory and port.
   *
   * @throws IOException if something else has taken the port meanwhile
   * @throws IllegalStateException if the broker was closed
   */
  public synchronized void restart() throws IOException {
    if (closed) {
      throw new IllegalStateException("the broker is closed");
    }
    stop();
    FreePort.requireFree(HOST, port);
    KafkaRaftServer starting =
        new KafkaRaftServer(new KafkaConfig(withController(), false), Time.SYSTEM);
    try {
      starting.startup();
    } catch (RuntimeException | Error e) {
      starting.shutdown();
      throw e;
    }
    server = Optional.of(starting);
  }

  /** Stops the broker and deletes its data if they are temporary; a second call does nothing. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    stop();
    if (temporary) {
      delete(dataDirectory);
    }
  }

  /** The controller serves this process alone, so it may have another port after a restart. */
  private Map<String, String> withController() throws IOException {
    Map<String, String> properties = new LinkedHashMap<>(configuration);
    BrokerConfiguration.addAddresses(properties, HOST, port, FreePort.find(HOST, port));
    return properties;
  }

  private static void delete(Path directory) {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted((a, b) -> b.compareTo(a)).toList()) { // children first
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("temporary broker data in " + directory + " remain", e);
    }
  }

  /** The settings of a broker to be started; every one has a default. */
  public static final class Builder {

    private Optional<Path> directory = Optional.empty();
    private int wantedPort;
    private final Map<String, String> properties = new LinkedHashMap<>();

    private Builder() {}

    /** Where to keep data; without it, a temporary directory that {@code close} deletes. */
    public Builder dataDirectory(Path dataDirectory) {
      directory = Optional.of(dataDirectory);
      return this;
    }

    /**
     * Where to listen.
     *
     * @param port 0, the default, for any free port
     */
    public Builder port(int port) {
      wantedPort = port;
      return this;
    }

    /** Adds a broker property, such as {@code message.max.bytes}, or replaces a default. */
    public Builder property(String name, String value) {
      properties.put(name, value);
      return this;
    }

    /**
     * Starts the broker and returns when it serves requests.
     *
     * @throws IOException if the directory cannot be used or the port is taken
     */
    public EmbeddedBroker start() throws IOException {
      boolean temporary = directory.isEmpty();
      Path data = temporary ? Files.createTempDirectory("elbow-broker-") : directory.get();
      Files.createDirectories(data);
      try {
        BrokerConfiguration.format(data, Uuid.randomUuid());
        int port = wantedPort == 0 ? FreePort.find(HOST) : wantedPort;
        Map<String, String> all = BrokerConfiguration.defaults(data);
        all.putAll(properties);
        EmbeddedBroker broker = new EmbeddedBroker(data, temporary, port, all);
        broker.restart();
        return broker;
      } catch (IOException | RuntimeException | Error e) {
        if (temporary) {
          delete(data);
        }
        throw e;
      }
    }
  }
}
