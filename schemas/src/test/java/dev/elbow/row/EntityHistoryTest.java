package dev.elbow.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbow.row.Continuity.Step;
import dev.elbow.score.Mask;
import dev.elbow.score.Rows;
import dev.elbow.score.Squash;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EntityHistoryTest {

  private static final Instant START = Instant.parse("2024-03-01T12:00:00Z");

  private final EntityHistory history =
      new EntityHistory(
          new RowTransform(List.of(new SensorScaling("flow", 0, 1)), new Squash(30)),
          Window.ofRows(2),
          new Continuity(Optional.of(Duration.ofSeconds(1)), 10));

  @Test
  void forgetsWhatWasBeforeAGap() {
    add(0, 1);
    add(1, 2);
    assertThat(history.rows().isWarm()).isTrue();

    assertThat(add(12, 3)).isEqualTo(Step.AFTER_GAP);

    assertThat(history.rows().count()).isEqualTo(1);
    assertThat(add(13, 4)).isEqualTo(Step.FOLLOWS);
    assertThat(window()).containsExactly(4, 3);
  }

  @Test
  void doesNotTakeARowOutOfOrder() {
    add(5, 1);
    add(6, 2);

    assertThat(add(4, 99)).isEqualTo(Step.OUT_OF_ORDER);

    assertThat(window()).containsExactly(2, 1);
    assertThat(add(6, 3)).isEqualTo(Step.FOLLOWS);
    assertThat(window()).containsExactly(3, 2);
  }

  @Test
  void isNotBlindedByOneTimestampFarAhead() {
    add(0, 1);
    add(1_000_000, 2);
    for (int t = 1; t <= Continuity.SET_BACK; t++) {
      assertThat(add(t, t)).isEqualTo(Step.OUT_OF_ORDER);
    }

    assertThat(add(11, 11)).isEqualTo(Step.AFTER_GAP);
    assertThat(add(12, 12)).isEqualTo(Step.FOLLOWS);
    assertThat(window()).containsExactly(12, 11);
  }

  @Test
  void takesRowsWithoutTimeAsTheyCome() {
    history.add(Optional.empty(), new double[] {1});

    assertThat(history.add(Optional.empty(), new double[] {2})).isEqualTo(Step.FOLLOWS);
    assertThat(window()).containsExactly(2, 1);
  }

  private Step add(long second, double flow) {
    return history.add(Optional.of(START.plusSeconds(second)), new double[] {flow});
  }

  private double[] window() {
    Rows x = Rows.zeros(1, 2);
    history.rows().write(x, Mask.all(1, 2), 0);
    return x.row(0);
  }
}
