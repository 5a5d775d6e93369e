package dev.elbow.trainer.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbow.bundle.Lineage;
import dev.elbow.input.InvalidInputException;
import dev.elbow.row.Continuity;
import dev.elbow.row.Window;
import dev.elbow.trainer.data.SensorTable;
import dev.elbow.trainer.data.SensorTableBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InputChoiceTest {

  @Test
  void judgesRowsWithoutTimestampsOneByOne() {
    InputChoice choice = choose(table(1000, 3, 0.9, false));

    assertThat(choice.window()).isEqualTo(Window.SINGLE_ROW);
    assertThat(choice.describe()).isEqualTo("single rows: the data have no timestamps");
  }

  @Test
  void judgesIndependentRowsOneByOneWhateverTheirTimestamps() {
    InputChoice choice = choose(table(1000, 3, 0, true));

    assertThat(choice.window()).isEqualTo(Window.SINGLE_ROW);
    assertThat(choice.continuity()).isEqualTo(Continuity.RECORD_ORDER);
    assertThat(choice.describe()).startsWith("single rows: the largest correlation of consecutive");
  }

  @Test
  void seesManySensorsEightRowsAtATime() {
    InputChoice choice = choose(table(1000, 5, 0.9, true));

    assertThat(choice.window()).isEqualTo(Window.ofRows(8));
    assertThat(choice.ridge()).isEqualTo(1e-3);
    assertThat(choice.continuity().usualStep()).contains(Duration.ofSeconds(2));
    assertThat(choice.describe())
        .startsWith("windows of the last 8 rows, whitened with ridge 0.001: the largest");
  }

  @Test
  void seesFewSensorsOverSixtyFourRows() {
    InputChoice choice = choose(table(1000, 4, 0.9, true));

    assertThat(choice.window()).isEqualTo(Window.DYADIC);
    assertThat(choice.ridge()).isEqualTo(0.1);
    assertThat(choice.describe())
        .startsWith("windows of the last 64 rows in 7 blocks, whitened with ridge 0.1: ");
  }

  /** 180 rows have 117 windows of 64 rows, 149 of 32; 32 of those beside the held-out ones go. */
  @Test
  void takesAShorterWindowWhereTheDataDoNotFillTheLongest() {
    InputChoice choice = choose(table(180, 1, 0.9, true));

    assertThat(choice.window().blocks()).containsExactly(1, 1, 2, 4, 8);
    assertThat(choice.reason()).endsWith("; the data do not fill a longer window");
  }

  @Test
  void takesAWindowThatWasAskedFor() {
    SensorTable table = table(200, 2, 0.9, false);

    InputChoice choice =
        InputChoice.of(table, InputSettings.AUTO.withWindow(new Window(List.of(1, 1, 2))));

    assertThat(choice.window().blocks()).containsExactly(1, 1, 2);
    assertThat(choice.reason()).isEqualTo("asked for");
    assertThat(choice.continuity().usualStep()).isEmpty();
  }

  @Test
  void takesTheRidgeAndTheGapThatWereAskedFor() {
    InputSettings settings =
        new InputSettings(InputSettings.AUTO.window(), OptionalDouble.of(0.02), 3);

    InputChoice choice = InputChoice.of(table(1000, 2, 0.9, true), settings);

    assertThat(choice.ridge()).isEqualTo(0.02);
    assertThat(choice.continuity().gapSteps()).isEqualTo(3);
  }

  @Test
  void refusesAWindowThatTheDataCannotFill() {
    InputSettings hundred = InputSettings.AUTO.withWindow(Window.ofRows(100));

    assertThatThrownBy(() -> InputChoice.of(table(150, 2, 0.9, true), hundred))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--window of 100 rows: only 51 rows have that many");
  }

  private static InputChoice choose(SensorTable table) {
    return InputChoice.of(table, InputSettings.AUTO);
  }

  /** Sensors that each go on with a share of their last value, every two seconds. */
  private static SensorTable table(int rows, int sensors, double carried, boolean timed) {
    var random = new SplittableRandom(4);
    SensorTableBuilder builder =
        SensorTable.of(IntStream.range(0, sensors).mapToObj(d -> "s" + d).toList());
    double[] values = new double[sensors];
    for (int i = 0; i < rows; i++) {
      for (int d = 0; d < sensors; d++) {
        values[d] = carried * values[d] + random.nextGaussian();
      }
      builder.add(values);
      if (timed) {
        builder.at(Instant.ofEpochSecond(2L * i));
      }
    }
    return builder.build(new Lineage.Generated("autoregressive"));
  }
}
