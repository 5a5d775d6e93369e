package dev.elbow.benchmarks.reliability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A fault that an operator meets, and what must be seen of it while it lasts. */
enum Drill {
  /** {@code kill -9} of the only broker, which comes back a minute later. */
  BROKER_AWAY(true, "no heartbeat could be sent") {
    @Override
    void strike(Stage stage, Path own) throws IOException, InterruptedException {
      stage.broker().kill();
      TimeUnit.SECONDS.sleep(60);
      stage.broker().restart();
    }
  },
  /** SIGSTOP of the broker: connections stand, nothing is answered. */
  BROKER_FROZEN(true, "no heartbeat could be sent") {
    @Override
    void strike(Stage stage, Path own) throws IOException, InterruptedException {
      stage.broker().freeze();
      TimeUnit.SECONDS.sleep(20);
      stage.broker().thaw();
    }
  },
  /** The broker may run for 30 ms of every 200. */
  BROKER_SLOW(true, "") {
    @Override
    void strike(Stage stage, Path own) throws IOException, InterruptedException {
      for (int i = 0; i < 100; i++) {
        stage.broker().freeze();
        TimeUnit.MILLISECONDS.sleep(170);
        stage.broker().thaw();
        TimeUnit.MILLISECONDS.sleep(30);
      }
    }
  },
  /** SIGTERM under load. */
  SIGTERM(false, "exit code 143") {
    @Override
    void strike(Stage stage, Path own) throws IOException, InterruptedException {
      stage.first().stop();
      stage.first().restart();
    }
  },
  /** The state lies on a file system that fills up, and has room again after the detector ended. */
  DISK_FULL(false, "exit code 1") {
    @Override
    void strike(Stage stage, Path own) throws IOException, InterruptedException {
      DetectorProcess detector = stage.first();
      detector.stop();
      detector.restart(SmallDisk.launch(detector.launch(), detector.stateDirectory()));
      stage.awaitFlow();
      SmallDisk.fill(detector.pid(), detector.stateDirectory());
      detector.awaitEnd(Duration.ofMinutes(2));
      detector.restart();
    }
  },
  /** The state directory is gone when the detector starts. */
  STATE_LOST(false, "partitions are being assigned") {
    @Override
    void strike(Stage stage, Path own) throws IOException, InterruptedException {
      stage.first().kill();
      Folder.delete(stage.first().stateDirectory());
      stage.first().restart();
    }
  },
  /** The state directory is deleted under the running detector, which is stopped later. */
  STATE_DELETED(false, "exit code ") {
    @Override
    void strike(Stage stage, Path own) throws IOException, InterruptedException {
      Folder.delete(stage.first().stateDirectory());
      stage.first().awaitEnd(Duration.ofSeconds(20));
      stage.first().restart();
    }
  },
  /** The clock of the detector's machine goes an hour ahead, and back again (libfaketime). */
  CLOCK_JUMP(false, "clock was set back") {
    @Override
    void strike(Stage stage, Path own) throws IOException, InterruptedException {
      Path clock = Files.writeString(own.resolve("clock"), "+0");
      stage.first().kill();
      stage.first().restart(FakeTime.launch(stage.first().launch(), clock));
      stage.awaitFlow();
      for (String offset : List.of("+1h", "-1h", "+0")) {
        Files.writeString(clock, offset);
        TimeUnit.SECONDS.sleep(5);
      }
    }
  },
  /** The clocks of the machines that are observed go a day ahead, and back again. */
  TIMESTAMPS_JUMP(false, "") {
    @Override
    void strike(Stage stage, Path own) throws InterruptedException {
      stage.shiftTimestamps(Duration.ofDays(1));
      TimeUnit.SECONDS.sleep(3);
      stage.shiftTimestamps(Duration.ZERO);
      TimeUnit.SECONDS.sleep(3);
    }
  },
  /** A heap that is too small. */
  OUT_OF_MEMORY(false, "exit code 3") {
    @Override
    void strike(Stage stage, Path own) throws IOException, InterruptedException {
      stage.first().kill();
      stage
          .first()
          .restart(stage.first().launch().withJvm("-Xmx16m", "-XX:+ExitOnOutOfMemoryError"));
      stage.first().awaitEnd(Duration.ofMinutes(1));
      stage.first().restart();
    }
  },
  /** ONNX Runtime's native library is none. */
  NATIVE_LIBRARY(false, "exit code 2") {
    @Override
    void strike(Stage stage, Path own) throws IOException, InterruptedException {
      Files.writeString(own.resolve(System.mapLibraryName("onnxruntime")), "no library");
      stage.first().stop();
      stage.first().restart(stage.first().launch().withJvm("-Donnxruntime.native.path=" + own));
      stage.first().awaitEnd(Duration.ofMinutes(1));
      stage.first().restart();
    }
  },
  /** Native libraries cannot be unpacked. */
  TEMPORARY_DIRECTORY(false, "exit code 2") {
    @Override
    void strike(Stage stage, Path own) throws IOException, InterruptedException {
      stage.first().stop();
      stage
          .first()
          .restart(stage.first().launch().withJvm("-Djava.io.tmpdir=" + own.resolve("missing")));
      stage.first().awaitEnd(Duration.ofMinutes(1));
      stage.first().restart();
    }
  };

  private final boolean ownBroker;
  private final String mustBeSeen;

  Drill(boolean ownBroker, String mustBeSeen) {
    this.ownBroker = ownBroker;
    this.mustBeSeen = mustBeSeen;
  }

  /**
   * Does it and returns when it is done, not when it is overcome.
   *
   * @param own a directory for what it needs
   */
  abstract void strike(Stage stage, Path own) throws IOException, InterruptedException;

  /** As figures and the command line have it. */
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it does something to the broker. */
  boolean ownBroker() {
    return ownBroker;
  }

  /** What health pages, log or exit code must have said; empty where nothing must be seen. */
  String mustBeSeen() {
    return mustBeSeen;
  }

  /** Why it cannot be done on this machine; empty if it can. */
  String impossibleHere() {
    return switch (this) {
      case DISK_FULL -> SmallDisk.impossibleHere();
      case CLOCK_JUMP -> FakeTime.impossibleHere();
      default -> "";
    };
  }
}
