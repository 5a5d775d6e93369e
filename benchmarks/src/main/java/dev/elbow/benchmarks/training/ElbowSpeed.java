package dev.elbow.benchmarks.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.elbow.score.Mask;
import dev.elbow.score.Rows;
import dev.elbow.trainer.blas.MatrixMultiply;
import dev.elbow.trainer.fit.AlternatingFit;
import dev.elbow.trainer.fit.FitSettings;
import dev.elbow.trainer.vae.Activation;
import dev.elbow.trainer.vae.Architecture;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** The program that measures Elbow, one case in one process; PyTorch's is a script of Python. */
public final class ElbowSpeed {

  private static final int ROWS = 8192;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final FitSettings settings;
  private final Rows x;
  private final Mask mask;

  private ElbowSpeed(int features, List<Integer> hidden, int latents, int batch) {
    Architecture network =
        new Architecture(features, latents, hidden, hidden, Activation.SILU, 0.2, 1)
            .withHidden(hidden);
    this.settings = FitSettings.defaults(features).withNetwork(network).withBatchSize(batch);
    double[] cells = new double[ROWS * features];
    SplittableRandom random = new SplittableRandom(1);
    Arrays.setAll(cells, cell -> random.nextGaussian());
    this.x = Rows.of(ROWS, features, cells);
    this.mask = Mask.all(ROWS, features);
  }

  /** Features, hidden widths, latents, rows per minibatch, seconds. */
  public static void main(String[] arguments) throws IOException {
    List<Integer> hidden =
        Arrays.stream(arguments[1].split(",", -1)).map(Integer::valueOf).toList();
    ElbowSpeed fit =
        new ElbowSpeed(
            Integer.parseInt(arguments[0]),
            hidden,
            Integer.parseInt(arguments[2]),
            Integer.parseInt(arguments[3]));
    System.out.println(new ObjectMapper().writeValueAsString(fit.measure(arguments[4])));
  }

  /** Fits until the virtual machine has compiled everything, then as long as was asked for. */
  private Speed measure(String seconds) {
    double wanted = Double.parseDouble(seconds);
    int rounds = 4;
    double secondsPerRound = secondsPerRound(rounds);
    for (double warm = 0; warm < wanted; warm += rounds * secondsPerRound) {
      rounds = Math.max(2, Math.min(2 * rounds, (int) (wanted / 2 / secondsPerRound)));
      secondsPerRound = secondsPerRound(rounds);
    }
    double measured = secondsPerRound(Math.max(2, (int) (wanted / secondsPerRound)));
    return new Speed(settings.batchSize() / measured, MatrixMultiply.fastest().name());
  }

  /** Processor time of this thread; the first round, which makes what later ones use, left out. */
  private double secondsPerRound(int rounds) {
    long[] times = new long[rounds + 2];
    FitSettings timed = settings.withRounds(FitSettings.Rounds.exactly(rounds + 1));
    AlternatingFit.fit(
        x, mask, timed, round -> times[round.round()] = THREADS.getCurrentThreadCpuTime());
    return (times[rounds + 1] - times[1]) / 1e9 / rounds;
  }
}
