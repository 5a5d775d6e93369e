package dev.elbow.benchmarks.reliability;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** A real broker as a process that can be killed and started again on its data and its port. */
final class BrokerProcess implements AutoCloseable {

  private static final int ANY_PORT = 0;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Launch launch;
  private final Path directory;
  private ChildProcess child;
  private final int port;

  private BrokerProcess(Launch launch, Path directory) throws IOException {
    this.launch = launch;
    this.directory = directory;
    this.child = start(ANY_PORT);
    this.port = portOf(child, directory);
  }

  /** Starts one and returns when it serves requests. */
  static BrokerProcess start(Launch launch, Path directory) throws IOException {
    return new BrokerProcess(launch, directory);
  }

  private ChildProcess start(int onPort) throws IOException {
    return ChildProcess.start(
        launch,
        directory.resolve("broker.log"),
        BrokerMain.class.getName(),
        List.of(directory.resolve("broker").toString(), Integer.toString(onPort)));
  }

  private static int portOf(ChildProcess child, Path directory) throws IOException {
    BufferedReader output = child.process().inputReader(UTF_8);
    String line = output.readLine(); // stays open with the process
    if (line == null) {
      throw new IOException("the broker did not start; see " + directory.resolve("broker.log"));
    }
    return Integer.parseInt(line);
  }

  String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** Creates topics and waits until the broker knows them. */
  void createTopics(List<String> names, int partitions)
      throws InterruptedException, ExecutionException {
    List<NewTopic> topics =
        names.stream().map(name -> new NewTopic(name, partitions, (short) 1)).toList();
    try (Admin admin = admin()) {
      admin.createTopics(topics).all().get();
      if (!Await.until(PATIENCE, () -> admin.listTopics().names().get().containsAll(names))) {
        throw new IllegalStateException("the broker does not know of " + names);
      }
    }
  }

  /** A client; to be closed by the caller. */
  Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", bootstrapServers()));
  }

  /** SIGSTOP: it stands still and its connections with it. */
  void freeze() throws IOException, InterruptedException {
    child.signal("STOP");
  }

  /** SIGCONT: it goes on. */
  void thaw() throws IOException, InterruptedException {
    child.signal("CONT");
  }

  void kill() throws InterruptedException {
    child.kill();
  }

  /** Starts it again after {@link #kill}; returns when it serves requests. */
  void restart() throws IOException {
    child = start(port);
    portOf(child, directory);
  }

  /** Lets it end by itself, which it does at once; its data are as after {@code kill -9}. */
  @Override
  public void close() {
    child.endInput();
    child.close();
  }
}
