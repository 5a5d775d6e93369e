package dev.elbow.trainer.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbow.bundle.Lineage;
import dev.elbow.input.InvalidInputException;
import dev.elbow.score.Rows;
import dev.elbow.trainer.data.SensorTable;
import dev.elbow.trainer.data.SensorTableBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class EvaluatorTest {

  private static final Lineage.Source SOURCE = new Lineage.Generated("by hand");

  /** Two machines take turns: a's events are rows 2, 4 and row 8; b's is row 3. */
  private static final SensorTable TABLE = twoMachines();

  @Test
  void countsEventsOfEachEntityThatHaveAnAlarm() {
    double[] scores = {0, 0, 0, 0, 5, 0, 0, 0, 1, 0};

    EventRecall events = new Evaluator(TABLE, 0, 1).evaluate("x", scores, 2).events().orElseThrow();

    assertThat(events).isEqualTo(new EventRecall(1, 3));
    assertThat(events.share()).isEqualTo(1.0 / 3);
  }

  @Test
  void countsAlarmsOnNormalRowsOnly() {
    double[] scores = {3, 0, 9, 9, 9, 2, 4, 0, 9, 0};

    assertThat(new Evaluator(TABLE, 0, 1).evaluate("x", scores, 2).falseAlarmRate())
        .isEqualTo(2.0 / 6);
  }

  @Test
  void leavesUnscorableRowsOutOfEveryFigureButMissesTheirEvents() {
    double[] scores = {0, 0, 9, Double.NaN, 9, 0, Double.POSITIVE_INFINITY, 0, 9, 0};

    DetectorResult result = new Evaluator(TABLE, 0, 1).evaluate("x", scores, 2);

    assertThat(result.unscorable()).isEqualTo(2);
    assertThat(result.aucRoc()).isEqualTo(1);
    assertThat(result.falseAlarmRate()).isZero();
    assertThat(result.events()).contains(new EventRecall(2, 3));
    assertThat(result.vusPr()).hasValue(1);
  }

  @Test
  void givesNoVolumeAndNoEventsWhereRowsAreNoSeries() {
    SensorTable rows =
        SensorTable.of(List.of("a")).add(1).labelled(true).add(2).labelled(false).build(SOURCE);
    Evaluator evaluator = new Evaluator(rows, 9, 1);

    DetectorResult result = evaluator.evaluate("x", new double[] {2, 1}, 0);

    assertThat(result.vusPr()).isEmpty();
    assertThat(result.events()).isEmpty();
    assertThat(evaluator.compare(List.of(result)).table())
        .startsWith("2 rows, 1 anomalous (50.00 %)" + System.lineSeparator());
  }

  /**
   * The anomalous 9, 9, 9 win 18 pairs and 1 wins 3 of 24; precision is 1 at 9 and 4/7 at 1, for
   * 3/4 and 1/4 of the rows; with the share of events, recall is (3/4)(2/3) at 9.
   */
  @Test
  void printsTheResultsSideBySide() {
    Evaluator evaluator = new Evaluator(TABLE, 0, 1);
    double[] scores = {3, 0, 9, 9, 9, 2, 4, 0, 1, 0};

    Evaluation evaluation =
        evaluator.compare(
            List.of(
                evaluator.evaluate("negative ELBO", scores, 2),
                evaluator.evaluate("constant", new double[10], 0.5)));

    assertThat(evaluation.table())
        .isEqualToNormalizingNewlines(
            """
            10 rows, 4 anomalous (40.00 %) in 3 events

            detector                  AUC-ROC   AUC-PR   VUS-PR  events found    at N a day  false alarms    threshold
            negative ELBO              0.8750   0.8929   0.7857        2 of 3        2 of 3      33.333 %        2.000
            constant                   0.5000   0.4000   0.4000        0 of 3        0 of 3       0.000 %       0.5000

            at N a day: events found at the lowest threshold with at most 1.0 false alarms a day, here 0 in the 0.00
            days of normal rows. An alarm speaks for its entity for an hour; false is one on a normal row.
            """);
  }

  @Test
  void leavesRowsOutForEveryDetectorThatTheModelDoesNotScore() {
    Evaluator evaluator = new Evaluator(TABLE, 0, 1);
    double[] scores = {Double.NaN, Double.NaN, 9, 9, 9, 2, 4, 0, 1, 0};

    List<DetectorResult> results = new ArrayList<>();
    results.add(evaluator.evaluate("negative ELBO", scores, 2));
    results.addAll(
        Baselines.fit(rowsOf(TABLE), rowsOf(TABLE), UnaryOperator.identity(), 0.001)
            .evaluate(
                evaluator,
                rowsOf(TABLE),
                UnaryOperator.identity(),
                i -> Double.isFinite(scores[i])));

    assertThat(results).extracting(DetectorResult::unscorable).containsOnly(2);
    assertThat(evaluator.compare(results).table())
        .contains("2 rows that the model does not score", "are left out for every detector.");
  }

  @Test
  void measuresBaselinesWithTheirOwnThresholds() {
    Evaluator evaluator = new Evaluator(TABLE, 0, 1);
    Rows fit = Rows.copyOf(new double[][] {{-1}, {0}, {1}});
    Rows heldOut = Rows.copyOf(new double[][] {{-1.5}, {0.5}});

    List<DetectorResult> results =
        Baselines.fit(fit, heldOut, UnaryOperator.identity(), 0.001)
            .evaluate(evaluator, rowsOf(TABLE), UnaryOperator.identity(), i -> true);

    assertThat(results)
        .extracting(DetectorResult::detector)
        .containsExactly("PCA, T²", "PCA, Q", "Mahalanobis, ridge", "largest |z|");
    assertThat(results.get(3).threshold()).isEqualTo(1.5);
    assertThat(results.get(3).falseAlarmRate()).isEqualTo(4.0 / 6);
  }

  @Test
  void rejectsTablesWithoutBothLabels() {
    SensorTable unlabelled = SensorTable.of(List.of("a")).add(1).build(SOURCE);
    SensorTable normal = SensorTable.of(List.of("a")).add(1).labelled(false).build(SOURCE);

    assertThatThrownBy(() -> new Evaluator(unlabelled, 0, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageEndingWith("of 1 rows none has a label");
    assertThatThrownBy(() -> new Evaluator(normal, 0, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageEndingWith("of 1 rows 0 are labelled anomalous");
  }

  @Test
  void rejectsScoresThatLeaveOneLabelOnly() {
    double[] scores = {0, 0, Double.NaN, Double.NaN, Double.NaN, 0, 0, 0, Double.NaN, 0};

    assertThatThrownBy(() -> new Evaluator(TABLE, 0, 1).evaluate("x", scores, 2))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("x: too few rows could be scored");
  }

  private static SensorTable twoMachines() {
    SensorTableBuilder builder = SensorTable.of(List.of("a"));
    List<Integer> anomalous = List.of(2, 3, 4, 8);
    for (int i = 0; i < 10; i++) {
      builder.add(i).of(i % 2 == 0 ? "a" : "b").labelled(anomalous.contains(i));
      builder.at(Instant.ofEpochSecond(i));
    }
    return builder.build(SOURCE);
  }

  private static Rows rowsOf(SensorTable table) {
    Rows x = Rows.zeros(table.count(), table.features());
    for (int i = 0; i < table.count(); i++) {
      x.set(i, 0, table.value(i, 0));
    }
    return x;
  }
}
