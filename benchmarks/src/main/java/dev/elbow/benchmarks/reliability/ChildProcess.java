package dev.elbow.benchmarks.reliability;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A Java program in a process of its own, with the class path of this one, that can be killed as
 * {@code kill -9} does. None outlives this process, unless this one is killed so itself.
 */
final class ChildProcess implements AutoCloseable {

  private static final int STOP_SECONDS = 40;

  private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> RUNNING.forEach(Process::destroyForcibly), "elbow-children"));
  }

  private final Process process;

  private ChildProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts one. The heap is small and the compiler a quick one: many are started, and none runs for
   * long.
   *
   * @param log where its standard error is appended
   * @throws IOException if there is no such program
   */
  static ChildProcess start(Path log, String mainClass, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    command.addAll(arguments);
    File file = log.toFile();
    Process started =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(file)).start();
    RUNNING.add(started);
    return new ChildProcess(started);
  }

  Process process() {
    return process;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** {@code kill -9}; returns when it is dead. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
    RUNNING.remove(process);
  }

  /** SIGTERM; returns when it has stopped. One that does not stop is killed. */
  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
      kill();
    }
    RUNNING.remove(process);
  }

  @Override
  public void close() {
    process.destroyForcibly();
    RUNNING.remove(process);
  }
}
