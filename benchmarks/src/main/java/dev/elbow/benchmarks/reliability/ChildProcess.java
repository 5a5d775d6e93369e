package dev.elbow.benchmarks.reliability;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A Java program in a process of its own, with the class path of this one, that can be killed as
 * {@code kill -9} does. None outlives this process, unless this one is killed so itself.
 */
final class ChildProcess implements AutoCloseable {

  private static final int STOP_SECONDS = 40;

  private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();
  private static final AtomicBoolean ENDING = new AtomicBoolean();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(ChildProcess::endAll, "elbow-children"));
  }

  private static void endAll() {
    ENDING.set(true);
    RUNNING.forEach(Process::destroyForcibly);
  }

  private final Process process;

  private ChildProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts one.
   *
   * @param log where its standard error is appended
   * @throws IOException if there is no such program
   */
  static ChildProcess start(Launch launch, Path log, String mainClass, List<String> arguments)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(launch.command(mainClass, arguments));
    builder.environment().putAll(launch.environment());
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    Process started = builder.start();
    RUNNING.add(started);
    if (ENDING.get()) {
      started.destroyForcibly(); // too late for the hook to see it
    }
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

  /** Sends it a signal by name, as kill(1) does. */
  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  /** Ends its standard input and gives it some time to end, too. */
  void endInput() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        close();
      }
    } catch (IOException e) {
      close(); // it has ended
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    RUNNING.remove(process);
  }
}
