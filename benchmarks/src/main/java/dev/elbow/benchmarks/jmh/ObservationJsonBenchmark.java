package dev.elbow.benchmarks.jmh;

import dev.elbow.event.Decoded;
import dev.elbow.event.Observation;
import dev.elbow.event.ObservationJson;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
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

/** A record's bytes to an observation. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ObservationJsonBenchmark {

  private static final Instant TIME = Instant.parse("2026-11-22T03:00:00Z");

  @Param({"9", "38"})
  private int sensors;

  private byte[] key = {};
  private byte[] value = {};

  /** One record, of numbers with four decimals. */
  @Setup(Level.Trial)
  public void encode() {
    SplittableRandom random = new SplittableRandom(1);
    Map<String, Double> values = new LinkedHashMap<>();
    for (int d = 0; d < sensors; d++) {
      values.put("sensor_" + d, Math.rint(random.nextDouble(0, 1000) * 1e4) / 1e4);
    }
    Observation observation = new Observation("pump-1", TIME, values);
    key = ObservationJson.encodeKey(observation);
    value = ObservationJson.encodeValue(observation);
  }

  /** Time per record. */
  @Benchmark
  public Decoded decode() {
    return ObservationJson.decode(key, value, TIME);
  }
}
