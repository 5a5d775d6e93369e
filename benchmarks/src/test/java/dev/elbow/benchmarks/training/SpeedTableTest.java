package dev.elbow.benchmarks.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbow.benchmarks.Figure;
import dev.elbow.benchmarks.training.SpeedTable.Side;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpeedTableTest {

  private static final TrainingCase SMALL = TrainingCase.ALL.get(0);

  private final SpeedTable table = new SpeedTable();

  @Test
  void ratioIsThatOfTheMedians() {
    add(Side.ELBOW, 200, 900, 300);
    add(Side.PYTORCH, 150, 100, 50);

    assertThat(table.figures())
        .containsExactly(new Figure("training.small.64", 300, "samples/s", 100, 3));
    assertThat(table.text()).contains("3.00", "1.33 to 9.00");
  }

  @Test
  void evenNumberOfRunsHasItsMedianInTheMiddle() {
    add(Side.ELBOW, 100, 200);
    add(Side.PYTORCH, 50, 50);

    assertThat(table.figures()).singleElement().extracting(Figure::ratio).isEqualTo(3.0);
  }

  /** A ratio to a figure of some other day would be made up. */
  @Test
  void withoutPytorchThereIsNoRatio() {
    add(Side.ELBOW, 100);
    add(Side.ELBOW_WITHOUT_LIBRARY, 10);

    assertThat(table.figures()).isEmpty();
    assertThat(table.text()).contains("small.64", "100", "-").doesNotContain("PyTorch 1");
  }

  @Test
  void casesHaveTheNamesOfTheFigures() {
    assertThat(TrainingCase.ALL)
        .extracting(TrainingCase::name)
        .isEqualTo(List.of("small.64", "small.256", "small.1024", "large.64", "large.256"));
  }

  private void add(Side side, double... speeds) {
    for (double speed : speeds) {
      table.add(SMALL, side, new Speed(speed, "somebody"));
    }
  }
}
