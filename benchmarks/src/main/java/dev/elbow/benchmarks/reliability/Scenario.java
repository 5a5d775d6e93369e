package dev.elbow.benchmarks.reliability;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** What goes wrong in a run, at moments that the seed decides. */
enum Scenario {
  /** {@code kill -9} of the detector, which is started again at once. */
  DETECTOR_KILLED {
    @Override
    void strike(Stage stage) throws IOException, InterruptedException {
      stage.first().kill();
      stage.first().restart();
    }
  },
  /** SIGTERM, and another start when it has stopped. */
  DETECTOR_STOPPED {
    @Override
    void strike(Stage stage) throws IOException, InterruptedException {
      stage.first().stop();
      stage.first().restart();
    }
  },
  /** {@code kill -9} of the broker, which comes back on its data some seconds later. */
  BROKER_KILLED {
    @Override
    void strike(Stage stage) throws IOException, InterruptedException {
      stage.broker().kill();
      stage.pause();
      stage.broker().restart();
    }
  },
  /** A second detector takes its share and then leaves, or is killed. */
  REBALANCE {
    @Override
    void strike(Stage stage) throws IOException, InterruptedException, ExecutionException {
      try (DetectorProcess second = stage.addSecond()) {
        stage.pause();
        if (stage.coin()) {
          second.kill();
        } else {
          second.stop();
        }
      }
    }
  },
  /** Another bundle in the model directory. */
  SWAP {
    @Override
    void strike(Stage stage) throws InterruptedException {
      stage.swapModel();
    }
  },
  /**
   * The negative control: a detector that is wrong on purpose is killed. It must lose records, so
   * it is killed halfway between two moments at which it lets go of what it holds.
   */
  CONTROL {
    @Override
    void strike(Stage stage) throws IOException, InterruptedException, ExecutionException {
      stage.awaitFlow();
      TimeUnit.MILLISECONDS.sleep(NaiveBuffer.FLUSH.dividedBy(2).toMillis());
      DETECTOR_KILLED.strike(stage);
    }
  };

  /** Does it and returns when it is done, not when it is overcome. */
  abstract void strike(Stage stage) throws IOException, InterruptedException, ExecutionException;

  /** As figures and the command line have it. */
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Where it takes place. */
  Stage stage(Path directory, Variant variant, long seed, Grounds grounds)
      throws IOException, InterruptedException, ExecutionException {
    return new Stage(directory, program(), this == BROKER_KILLED, variant, seed, grounds);
  }

  private DetectorProcess.Program program() {
    return this == CONTROL
        ? DetectorProcess.Program.NAIVE_BUFFER
        : DetectorProcess.Program.DETECTOR;
  }

  /** Whether the scores are to be those of a detector that nothing happened to. */
  boolean keepsScores(Variant variant) {
    return variant.series() && this != SWAP && this != CONTROL;
  }
}
