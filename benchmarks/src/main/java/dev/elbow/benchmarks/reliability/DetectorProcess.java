package dev.elbow.benchmarks.reliability;

import dev.elbow.broker.FreePort;
import dev.elbow.cli.Elbow;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * A detector as a process that can be killed, stopped and started again on its own state directory.
 */
public final class DetectorProcess implements AutoCloseable {

  private static final String HOST = "127.0.0.1";

  /** What is started. */
  public enum Program {
    /** {@code elbow detect}. */
    DETECTOR,
    /** The negative control. */
    NAIVE_BUFFER;

    ChildProcess start(Launch launch, Path log, Path configuration) throws IOException {
      String file = configuration.toString();
      return this == DETECTOR
          ? ChildProcess.start(
              launch, log, Elbow.class.getName(), List.of("detect", "--config", file))
          : ChildProcess.start(launch, log, NaiveBuffer.class.getName(), List.of(file));
    }
  }

  private final Program program;
  private final Launch launch;
  private final int port;
  private final Path stateDirectory;
  private final Path configuration;
  private final Path log;
  private final List<String> lastWords = new ArrayList<>();
  private ChildProcess child;
  private int linesBefore;

  private DetectorProcess(
      Program program, Launch launch, Path directory, String name, Map<String, String> settings)
      throws IOException {
    this.program = program;
    this.launch = launch;
    this.port = FreePort.find(HOST);
    this.stateDirectory = directory.resolve(name + "-state");
    this.configuration = directory.resolve(name + ".properties");
    this.log = directory.resolve(name + ".log");
    Properties properties = new Properties();
    properties.putAll(settings);
    properties.setProperty("state.dir", Files.createDirectories(stateDirectory).toString());
    properties.setProperty("metrics.port", Integer.toString(port));
    try (Writer writer = Files.newBufferedWriter(configuration)) {
      properties.store(writer, null);
    }
    this.child = program.start(launch, log, configuration);
  }

  /**
   * Starts one.
   *
   * @param name of its files in the directory
   * @param settings of the detector, to which its state directory and port are added
   */
  public static DetectorProcess start(
      Program program, Launch launch, Path directory, String name, Map<String, String> settings)
      throws IOException {
    return new DetectorProcess(program, launch, directory, name, settings);
  }

  /** How it is started unless another way is asked for. */
  Launch launch() {
    return launch;
  }

  /** Of its metrics and health pages, the same after every start. */
  public int port() {
    return port;
  }

  /** Where it keeps its state. */
  Path stateDirectory() {
    return stateDirectory;
  }

  long pid() {
    return child.process().pid();
  }

  /** Whether it has not ended. */
  public boolean isAlive() {
    return child.isAlive();
  }

  /** {@code kill -9}. */
  void kill() throws InterruptedException {
    child.kill();
  }

  /** SIGTERM, and waits for the end. */
  void stop() throws InterruptedException {
    child.stop();
  }

  /** Waits until it has ended by itself; one that has not in this time is stopped. */
  void awaitEnd(Duration longest) throws InterruptedException {
    if (!child.process().waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
      stop();
    }
  }

  /** What it has said of its end each time: the exit code, and why. */
  List<String> lastWords() {
    return List.copyOf(lastWords);
  }

  private void noteEnd() throws IOException {
    if (isAlive()) {
      return;
    }
    List<String> lines = Files.readAllLines(log);
    lastWords.add(
        "exit code %d%s"
            .formatted(child.process().exitValue(), why(lines.subList(linesBefore, lines.size()))));
    linesBefore = lines.size();
  }

  /** What the command or the stream said, with the cause, which is on the next line. */
  private static String why(List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith("elbow ") || line.contains(" ERROR StreamsWatch ")) {
        return ": " + line;
      }
      if (line.contains(" ERROR ThreadFailures ") && i + 1 < lines.size()) {
        return ": " + lines.get(i + 1);
      }
    }
    return "";
  }

  /** Starts it again in another way than before; the next start is again as the first. */
  void restart(Launch other) throws IOException {
    noteEnd();
    child = program.start(other, log, configuration);
  }

  /** Starts it again after {@link #kill} or {@link #stop}, as a supervisor would. */
  void restart() throws IOException {
    restart(launch);
  }

  @Override
  public void close() {
    child.close();
  }
}
