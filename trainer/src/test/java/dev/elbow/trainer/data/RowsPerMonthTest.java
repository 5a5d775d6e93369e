package dev.elbow.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.elbow.bundle.Lineage;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class RowsPerMonthTest {

  /** 365.2425/12 days of 1440 minutes. */
  private static final double MINUTES = 43_829.1;

  private final SensorTableBuilder table = SensorTable.of(List.of("a"));

  @Test
  void countsTheUsualStepOfARow() {
    at("pump", 0, 60, 120, 120, 180, 90_000, 90_060);

    assertThat(rows()).hasValueCloseTo(MINUTES, within(0.1));
  }

  @Test
  void addsUpTheEntities() {
    at("pump", 0, 60, 120);
    at("fan", 7, 37, 67);

    assertThat(rows()).hasValueCloseTo(3 * MINUTES, within(0.1));
  }

  /** What was seen once only is taken for what the others are on average. */
  @Test
  void guessesTheStepOfAnEntityWithoutOne() {
    at("pump", 0, 60, 120);
    at("fan", 7);

    assertThat(rows()).hasValueCloseTo(2 * MINUTES, within(0.1));
  }

  @Test
  void takesTheMiddleOfTwoSteps() {
    at("pump", 0, 40, 120);

    assertThat(rows()).hasValueCloseTo(MINUTES, within(0.1));
  }

  @Test
  void cannotTellWithoutTimes() {
    table.add(1).add(2);

    assertThat(rows()).isEmpty();
  }

  @Test
  void cannotTellFromOneTime() {
    at("pump", 5, 5);

    assertThat(rows()).isEmpty();
  }

  private OptionalDouble rows() {
    return RowsPerMonth.of(table.build(new Lineage.Generated("by hand")));
  }

  private void at(String entity, long... seconds) {
    for (long second : seconds) {
      table.add(1).of(entity).at(Instant.ofEpochSecond(second));
    }
  }
}
