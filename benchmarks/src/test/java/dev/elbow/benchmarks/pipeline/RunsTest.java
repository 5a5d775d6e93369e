package dev.elbow.benchmarks.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbow.benchmarks.Figure;
import org.junit.jupiter.api.Test;

class RunsTest {

  /** The machine was twice as fast in the second run: 8/4, 18/9, 6/2 in turn. */
  @Test
  void comparesRunByRunAndTakesTheMedian() {
    Runs runs = new Runs();
    for (double value : new double[] {8, 18, 6}) {
      runs.add("packed", value);
    }
    for (double value : new double[] {4, 9, 2}) {
      runs.add("alone", value);
    }

    Figure figure = runs.figure("packed_over_alone", "packed", "records/s", "alone");

    assertThat(figure).isEqualTo(new Figure("packed_over_alone", 8, "records/s", 4, 2));
    assertThat(runs.least("packed")).isEqualTo(6);
    assertThat(runs.most("packed")).isEqualTo(18);
  }

  @Test
  void takesThePercentileThatIsNotExceeded() {
    double[] values = new double[200];
    for (int i = 0; i < values.length; i++) {
      values[i] = 200 - i;
    }

    Percentiles percentiles = new Percentiles(values);

    assertThat(percentiles.of(0.5)).isEqualTo(100);
    assertThat(percentiles.of(0.99)).isEqualTo(198);
    assertThat(percentiles.of(1)).isEqualTo(200);
  }
}
