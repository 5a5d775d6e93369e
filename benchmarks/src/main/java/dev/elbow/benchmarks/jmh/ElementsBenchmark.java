package dev.elbow.benchmarks.jmh;

import dev.elbow.trainer.vae.Sigmoid;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The dear part of the passes from cell to cell, time per cell: an exponential. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@OperationsPerInvocation(ElementsBenchmark.CELLS)
public class ElementsBenchmark {

  /** 64 rows of 128. */
  static final int CELLS = 8192;

  private final float[] single = new float[CELLS];
  private final float[] singleResult = new float[CELLS];
  private final double[] precise = new double[CELLS];
  private final double[] preciseResult = new double[CELLS];

  /** Numbers as a layer has them. */
  @Setup(Level.Trial)
  public void fill() {
    SplittableRandom random = new SplittableRandom(1);
    for (int c = 0; c < CELLS; c++) {
      precise[c] = random.nextGaussian();
      single[c] = (float) precise[c];
    }
  }

  /** As a fit does it. */
  @Benchmark
  public float[] inSinglePrecision() {
    Sigmoid.of(single, singleResult, CELLS);
    return singleResult;
  }

  /** The baseline. */
  @Benchmark
  public double[] byTheLibrary() {
    for (int c = 0; c < CELLS; c++) {
      preciseResult[c] = 1 / (1 + Math.exp(-precise[c]));
    }
    return preciseResult;
  }
}
