package dev.elbow.trainer.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbow.bundle.Lineage;
import dev.elbow.trainer.data.SensorTable;
import dev.elbow.trainer.data.SensorTableBuilder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class VolumeUnderSurfaceTest {

  private static final double ROUNDING = 1e-12;

  /** ℓ = 4 reaches two rows: √(1 − 1/4) and √(1 − 2/4); both sides of the gap add up to over 1. */
  @Test
  void fadesLabelsOnEitherSideOfEvents() {
    LabelledSeries series =
        LabelledSeries.of(false, false, false, true, false, true, false, false, false);

    FadedLabels labels = new FadedLabels(series, 4);

    assertThat(y(labels, 9))
        .containsExactly(
            0, Math.sqrt(0.5), Math.sqrt(0.75), 1, 1, 1, Math.sqrt(0.75), Math.sqrt(0.5), 0);
    assertThat(labels.events()).isOne();
  }

  @Test
  void fadesNoLabelIntoAnotherEntity() {
    SensorTableBuilder builder = SensorTable.of(List.of("a"));
    builder.add(1).of("one").labelled(false).add(1).of("one").labelled(true);
    builder.add(1).of("two").labelled(false).add(1).of("two").labelled(true);
    SensorTable table = builder.build(new Lineage.Generated("by hand"));

    FadedLabels labels = new FadedLabels(LabelledSeries.of(table, i -> true), 2);

    assertThat(y(labels, 4)).containsExactly(Math.sqrt(0.5), 1, Math.sqrt(0.5), 1);
    assertThat(labels.events()).isEqualTo(2);
  }

  /**
   * Labels 0 0 1 0, scores .1 .2 .9 .3. ℓ = 0 and 1: the event alone comes first, area 1. ℓ = 2: y
   * = 0 √½ 1 √½ and P = (1 + 1 + 2√½)/2 = 1 + √½. At .9: R = 1/(1 + √½) = 2 − √2, Pr = 1. At .3: R
   * = 1, Pr = (1 + √½)/2, which adds (√2 − 1)(1 + √½)/2 = √2/4. The rest adds nothing.
   */
  @Test
  void averagesTheAreasOverTheBuffers() {
    LabelledSeries series = LabelledSeries.of(false, false, true, false);
    double[] scores = {0.1, 0.2, 0.9, 0.3};

    double vus = VolumeUnderSurface.pr(series, scores, 2);

    double root = Math.sqrt(2);
    assertThat(vus).isCloseTo((1 + 1 + (2 - root + root / 4)) / 3, within(ROUNDING));
  }

  /** Labels 1 0 1 0: at 9 one of two rows in one of two events, R = ¼; at 8 all, R = 1. */
  @Test
  void countsTheShareOfEventsIntoRecall() {
    LabelledSeries series = LabelledSeries.of(true, false, true, false);

    assertThat(VolumeUnderSurface.pr(series, new double[] {9, 7, 8, 6}, 0)).isEqualTo(1);
    assertThat(VolumeUnderSurface.pr(series, new double[] {9, 8, 7, 6}, 0))
        .isCloseTo(0.25 + 0.75 * 2 / 3, within(ROUNDING));
  }

  /**
   * From a numpy script that evaluates the equations of the class with a loop over all thresholds
   * and rows, i &lt; 60: y1 = 10 ≤ i &lt; 15, 21 ≤ i &lt; 23 or i ≥ 58; y2 = i &lt; 2 or 30 ≤ i
   * &lt; 41; s1 = (37 i mod 41)/10 + 1.5 y1; s2 = (29 i mod 43)/10 + y2, two entities.
   */
  @Test
  void agreesWithTheEquationsInNumpy() {
    SensorTableBuilder builder = SensorTable.of(List.of("score"));
    for (int i = 0; i < 60; i++) {
      boolean one = (i >= 10 && i < 15) || (i >= 21 && i < 23) || i >= 58;
      boolean two = i < 2 || (i >= 30 && i < 41);
      builder.add(i * 37 % 41 / 10.0 + (one ? 1.5 : 0)).of("one").labelled(one);
      builder.add(i * 29 % 43 / 10.0 + (two ? 1 : 0)).of("two").labelled(two);
    }
    SensorTable table = builder.build(new Lineage.Generated("two entities"));
    LabelledSeries series = LabelledSeries.of(table, i -> true);
    double[] byRow = new double[table.count()];
    Arrays.setAll(byRow, i -> table.value(i, 0));
    double[] scores = series.arrange(byRow);

    assertThat(VolumeUnderSurface.pr(series, scores, 0))
        .isCloseTo(0.6111344984472342, within(ROUNDING));
    assertThat(VolumeUnderSurface.pr(series, scores, 12))
        .isCloseTo(0.6127623408960324, within(ROUNDING));
  }

  @Test
  void rejectsSeriesWithoutEvents() {
    assertThatThrownBy(() -> VolumeUnderSurface.pr(LabelledSeries.of(false), new double[1], 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static double[] y(FadedLabels labels, int count) {
    double[] y = new double[count];
    Arrays.setAll(y, labels::y);
    return y;
  }
}
