package dev.elbow.benchmarks.jmh;

import dev.elbow.benchmarks.quality.TrainedBundle;
import dev.elbow.bundle.Lineage;
import dev.elbow.score.Mask;
import dev.elbow.score.Rows;
import dev.elbow.scoring.ScoredRow;
import dev.elbow.trainer.TrainingSettings;
import dev.elbow.trainer.data.SensorTable;
import dev.elbow.trainer.data.SensorTableBuilder;
import dev.elbow.trainer.fit.FitSettings;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One call of the scorer, by how many rows it brings: what a batch is worth. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ScorerBenchmark {

  private static final int SENSORS = 38;
  private static final int TRAINED_ON = 1000;

  @Param({"1", "16", "64", "256"})
  private int rows;

  private Rows x = Rows.zeros(0, SENSORS);
  private Mask mask = Mask.all(0, SENSORS);
  private List<TrainedBundle> bundle = List.of();

  /** Trains a small model: how well does not matter, how large does. */
  @Setup(Level.Trial)
  public void train() throws IOException {
    SensorTableBuilder table =
        SensorTable.of(IntStream.range(0, SENSORS).mapToObj(d -> "sensor_" + d).toList());
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < TRAINED_ON; i++) {
      double level = random.nextGaussian();
      table.add(random.doubles(SENSORS, -1, 1).map(noise -> level + noise).toArray());
    }
    SensorTable train = table.build(new Lineage.Generated("one level and noise"));
    TrainingSettings settings = TrainingSettings.defaults(train).withMembers(1);
    FitSettings fit = settings.fit().withRounds(FitSettings.Rounds.exactly(100));
    bundle = List.of(TrainedBundle.of(train, settings.withFit(fit)));
    x = Rows.of(rows, SENSORS, random.doubles((long) rows * SENSORS, -1, 1).toArray());
    mask = Mask.all(rows, SENSORS);
  }

  /** Time per call, not per row. */
  @Benchmark
  public List<ScoredRow> score() {
    return bundle.get(0).scorer().score(x, mask);
  }

  /** Gives native memory and the bundle on disk back. */
  @TearDown(Level.Trial)
  public void close() throws IOException {
    for (TrainedBundle trained : bundle) {
      trained.close();
    }
  }
}
