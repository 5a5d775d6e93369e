package dev.elbow.benchmarks.reliability;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A wall clock that can be set for one process alone, by libfaketime (Debian: {@code faketime}).
 * Its monotonic clock goes on, as it does when a machine's clock is set.
 */
final class FakeTime {

  private static final List<Path> PLACES =
      List.of(
          Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
          Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"),
          Path.of("/usr/lib64/faketime/libfaketimeMT.so.1"),
          Path.of("/usr/lib/faketime/libfaketimeMT.so.1"));

  private FakeTime() {}

  private static Optional<Path> library() {
    return PLACES.stream().filter(Files::exists).findFirst();
  }

  /** Why it cannot be set on this machine; empty if it can. */
  static String impossibleHere() {
    return library().isPresent() ? "" : "libfaketime is not installed";
  }

  /**
   * A launch whose process sees another time.
   *
   * @param clock a file that says how far off it is, such as {@code +1h}; it can be changed
   */
  static Launch launch(Launch launch, Path clock) {
    return launch
        .withEnvironment("LD_PRELOAD", library().orElseThrow().toString())
        .withEnvironment("FAKETIME_TIMESTAMP_FILE", clock.toString())
        .withEnvironment("FAKETIME_CACHE_DURATION", "1")
        .withEnvironment("DONT_FAKE_MONOTONIC", "1");
  }
}
