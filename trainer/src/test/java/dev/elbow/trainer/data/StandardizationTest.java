package dev.elbow.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbow.bundle.Lineage;
import dev.elbow.input.InvalidInputException;
import dev.elbow.row.SensorScaling;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandardizationTest {

  @Test
  void takesMeanAndDeviationOfTheObservedFitRows() {
    SensorTable table = table(1, 5, Double.NaN, 100);

    assertThat(Standardization.fit(table, new int[] {0, 1, 2}).sensors())
        .containsExactly(new SensorScaling("level", 3, 2));
  }

  @Test
  void dividesConstantSensorByOne() {
    SensorTable table = table(0.1, 0.1, 0.1);

    assertThat(Standardization.fit(table, new int[] {0, 1, 2}).sensors())
        .containsExactly(new SensorScaling("level", 0.1, 1));
  }

  /** 0.1 + 0.2 is not 0.3: a constant that was computed in two ways. */
  @Test
  void dividesSensorThatVariesInItsLastBitsByOne() {
    SensorTable table = table(0.3, 0.1 + 0.2);

    assertThat(Standardization.fit(table, new int[] {0, 1}).sensors().get(0).scale()).isEqualTo(1);
  }

  @Test
  void keepsTheScaleOfASmallButRealVariation() {
    SensorTable table = table(1000, 1000.001);

    assertThat(Standardization.fit(table, new int[] {0, 1}).sensors().get(0).scale())
        .isCloseTo(0.0005, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({
    "1.7976931348623157E308, 1.7976931348623156E308", // some historians' mark for "missing"
    "1.7976931348623157E308, 1.0",
    "1E-200, 2E-200"
  })
  void namesTheSensorWhoseValuesADoubleCannotStandardize(double first, double second) {
    SensorTable table = table(first, second);

    assertThatThrownBy(() -> Standardization.fit(table, new int[] {0, 1}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("sensor level: no mean and standard deviation can be computed");
  }

  @Test
  void namesTheSensorWithoutValues() {
    SensorTable table = table(Double.NaN, Double.NaN);

    assertThatThrownBy(() -> Standardization.fit(table, new int[] {0, 1}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "sensor level: no value in the 2 rows to fit to; leave it out with --ignore level");
  }

  private static SensorTable table(double... values) {
    SensorTableBuilder table = SensorTable.of(List.of("level"));
    for (double value : values) {
      table.add(value);
    }
    return table.build(new Lineage.Generated("a test"));
  }
}
