package dev.elbow.benchmarks.reliability;

import dev.elbow.cli.Elbow;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * A detector as a process that can be killed, stopped and started again on its own state directory.
 */
final class DetectorProcess implements AutoCloseable {

  /** What is started. */
  enum Program {
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
  private final Path configuration;
  private final Path log;
  private ChildProcess child;

  private DetectorProcess(Program program, Launch launch, Path configuration, Path log)
      throws IOException {
    this.program = program;
    this.launch = launch;
    this.configuration = configuration;
    this.log = log;
    this.child = program.start(launch, log, configuration);
  }

  /**
   * Starts one.
   *
   * @param name of its files in the directory
   * @param settings of the detector, to which its state directory and port are added
   */
  static DetectorProcess start(
      Program program, Launch launch, Path directory, String name, Map<String, String> settings)
      throws IOException {
    Properties properties = new Properties();
    properties.putAll(settings);
    properties.setProperty("state.dir", directory.resolve(name + "-state").toString());
    properties.setProperty("metrics.port", "0");
    Path configuration = directory.resolve(name + ".properties");
    try (Writer writer = Files.newBufferedWriter(configuration)) {
      properties.store(writer, null);
    }
    return new DetectorProcess(program, launch, configuration, directory.resolve(name + ".log"));
  }

  boolean isAlive() {
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

  /** Starts it again after {@link #kill} or {@link #stop}, as a supervisor would. */
  void restart() throws IOException {
    child = program.start(launch, log, configuration);
  }

  @Override
  public void close() {
    child.close();
  }
}
