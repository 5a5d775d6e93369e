package dev.elbow.benchmarks.reliability;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How a Java program is started.
 *
 * @param wrapper a command that starts the command behind it, or nothing
 * @param jvm options; the later wins
 * @param environment what is added to that of this process
 */
public record Launch(List<String> wrapper, List<String> jvm, Map<String, String> environment) {

  /** A small heap, and a compiler that is quick rather than good. */
  static final Launch QUICK =
      new Launch(
          List.of(), List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"), Map.of());

  /**
   * As in production, but that the heap is all there from the start, so that what grows is not it.
   */
  static final Launch STEADY =
      new Launch(
          List.of(),
          List.of("-Xms192m", "-Xmx192m", "-XX:+AlwaysPreTouch", "-XX:+UseG1GC"),
          Map.of());

  /** Copies what it is given. */
  public Launch {
    wrapper = List.copyOf(wrapper);
    jvm = List.copyOf(jvm);
    environment = Map.copyOf(environment);
  }

  Launch withJvm(String... more) {
    return new Launch(wrapper, Stream.concat(jvm.stream(), Stream.of(more)).toList(), environment);
  }

  Launch within(String... command) {
    return new Launch(List.of(command), jvm, environment);
  }

  Launch withEnvironment(String name, String value) {
    Map<String, String> all = new HashMap<>(environment);
    all.put(name, value);
    return new Launch(wrapper, jvm, all);
  }

  /** The command line; the class path is that of this process. */
  List<String> command(String mainClass, List<String> arguments) {
    List<String> command = new ArrayList<>(wrapper);
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(jvm);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    command.addAll(arguments);
    return command;
  }
}
