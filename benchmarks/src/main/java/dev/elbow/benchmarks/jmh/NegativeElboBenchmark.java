package dev.elbow.benchmarks.jmh;

import dev.elbow.score.DiagonalGaussian;
import dev.elbow.score.Draws;
import dev.elbow.score.Mask;
import dev.elbow.score.MeanNegativeElbo;
import dev.elbow.score.NegativeElbo;
import dev.elbow.score.Rows;
import dev.elbow.score.SensorScores;
import dev.elbow.score.Squash;
import dev.elbow.score.StandardNormal;
import dev.elbow.score.VariationalModel;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;

/** What the score's own arithmetic costs, beside networks that answer at once. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class NegativeElboBenchmark {

  /** As many as the scorer takes together of wide rows. */
  private static final int ROWS = 53;

  private static final int LATENTS = 16;

  @Param({"38", "2432"})
  private int sensors;

  @Param({"1", "16"})
  private int draws;

  private Rows x = Rows.zeros(0, 0);
  private Mask mask = Mask.all(0, 0);
  private List<MeanNegativeElbo> score = List.of();

  /** Answers whatever it is asked with the same Gaussians. */
  private record Answers(DiagonalGaussian q, DiagonalGaussian p) implements VariationalModel {

    @Override
    public int features() {
      return p.mean().columns();
    }

    @Override
    public int latents() {
      return q.mean().columns();
    }

    @Override
    public DiagonalGaussian encode(Rows rows) {
      return q;
    }

    @Override
    public DiagonalGaussian decode(Rows z) {
      return p;
    }
  }

  /** Values as they are after scaling. */
  @Setup(Level.Trial)
  public void prepare() {
    SplittableRandom random = new SplittableRandom(1);
    x = uniform(ROWS, random);
    mask = Mask.all(ROWS, sensors);
    DiagonalGaussian q = new DiagonalGaussian(Rows.zeros(ROWS, LATENTS), Rows.zeros(ROWS, LATENTS));
    int answers = draws * ROWS; // all draws are decoded at once
    DiagonalGaussian p = new DiagonalGaussian(uniform(answers, random), uniform(answers, random));
    Draws eps = draws == 1 ? Draws.atTheMean(LATENTS) : Draws.antithetic(draws, LATENTS, random);
    NegativeElbo only = new NegativeElbo(new Answers(q, p), new StandardNormal(), eps);
    score = List.of(MeanNegativeElbo.ofRows(new Squash(3), List.of(only), Optional.empty()));
  }

  private Rows uniform(int rows, SplittableRandom random) {
    return Rows.of(rows, sensors, random.doubles((long) rows * sensors, -1, 1).toArray());
  }

  /** Time per call of 53 rows, not per row. */
  @Benchmark
  public SensorScores score() {
    return score.get(0).score(x, mask);
  }
}
