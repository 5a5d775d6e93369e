package dev.elbow.detector.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbow.alarm.Alarms;
import dev.elbow.alarm.FixedThreshold;
import dev.elbow.alarm.FlatLine;
import dev.elbow.alarm.Smoothing;
import dev.elbow.alarm.ThresholdOn;
import dev.elbow.detector.metrics.DetectionMetrics;
import dev.elbow.detector.metrics.Scrape;
import dev.elbow.event.Coordinates;
import dev.elbow.row.Continuity;
import dev.elbow.row.FrontEnd;
import dev.elbow.row.RowTransform;
import dev.elbow.row.SensorScaling;
import dev.elbow.row.Window;
import dev.elbow.score.Mask;
import dev.elbow.score.Rows;
import dev.elbow.score.Squash;
import dev.elbow.score.Whitening;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the stores alone; what their changelogs are good for is tested on a broker. */
class EntitiesTest {

  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final Window FIVE_ROWS = new Window(List.of(1, 1, 3));
  private static final List<Double> ONES = List.of(1.0, 1.0);
  private static final int PLACES = 8;
  private static final FlatLine FLAT = new FlatLine(List.of(2, 0));
  private static final SilenceRule NEVER_SILENT =
      new SilenceRule(0, Duration.ofMinutes(1), Duration.ofDays(30));
  private static final long PLENTY = 1 << 20;

  private final DetectionMetrics metrics = new DetectionMetrics();
  private final TestStores stores;

  EntitiesTest(@TempDir Path directory) {
    stores = new TestStores(directory);
  }

  @AfterEach
  void close() {
    stores.close();
    metrics.close();
  }

  /** A row of the stream: number, time and what two sensors read. */
  private record Input(long offset, Instant observed, List<Double> values) {}

  /** What a row came to. Out of order: neither known rows nor features. */
  private record Outcome(int known, List<Double> features, double smoothed) {}

  @Test
  void scoresNothingUntilTheWindowIsKnown() {
    List<Outcome> outcomes = run(entities(PLENTY), model("m", FIVE_ROWS), everySecond(0, 6));

    assertThat(outcomes).extracting(Outcome::known).containsExactly(1, 2, 3, 4, 5, 5);
    assertThat(outcomes.subList(0, 4)).allSatisfy(row -> assertThat(row.features()).isEmpty());
    assertThat(outcomes.subList(0, 4)).extracting(Outcome::smoothed).containsOnly(Double.NaN);
    assertThat(outcomes.get(4).features()).hasSize(6);
  }

  @Test
  void goesOnFromTheStoresAsIfItHadNeverStopped() {
    List<Input> inputs = withGapsAndStragglers(400);
    List<Outcome> expected = run(entities(PLENTY), "a", model("m", FIVE_ROWS), inputs);

    List<Outcome> outcomes = new ArrayList<>();
    for (Input input : inputs) {
      outcomes.addAll(run(entities(PLENTY), "b", model("m", FIVE_ROWS), List.of(input)));
    }

    assertThat(outcomes).isEqualTo(expected);
    assertThat(expected).filteredOn(row -> row.known() == 0).isNotEmpty();
    assertThat(expected).filteredOn(row -> row.known() == 1).hasSizeGreaterThan(3);
    assertThat(expected).filteredOn(row -> row.known() == 5).hasSizeGreaterThan(200);
  }

  @Test
  void holdsNoMoreInMemoryThanItMayAndLosesNothingByIt() {
    Entities large = entities(PLENTY);
    Entities small = entities(1);
    EntityModel model = model("m", FIVE_ROWS);

    for (Input input : everySecond(0, 20)) {
      for (String entity : List.of("1", "2", "3")) {
        assertThat(run(small, "small" + entity, model, List.of(input)))
            .isEqualTo(run(large, "large" + entity, model, List.of(input)));
      }
    }

    // the three of the large one are read once, those of the small one for each of their rows
    assertThat(Scrape.of(metrics)).containsEntry("elbow_histories_read_total", 3.0 + 60);
  }

  @Test
  void judgesRepeatsAsItDidTheFirstTime() {
    List<Input> inputs = everySecond(0, 60);
    List<Outcome> first = run(entities(PLENTY), model("m", FIVE_ROWS), inputs);

    List<Outcome> again = run(entities(PLENTY), model("m", FIVE_ROWS), inputs.subList(57, 60));

    assertThat(again).isEqualTo(first.subList(57, 60));
  }

  @Test
  void goesOnAsIfNothingHadBeenRepeated() {
    List<Input> inputs = withGapsAndStragglers(300);
    List<Outcome> expected = run(entities(PLENTY), "a", model("m", FIVE_ROWS), inputs);
    Entities entities = entities(PLENTY);
    List<Outcome> outcomes = new ArrayList<>();

    for (int t = 0; t < inputs.size(); t++) {
      run(entities, "b", model("m", FIVE_ROWS), inputs.subList(Math.max(0, t - 2), t));
      outcomes.addAll(run(entities, "b", model("m", FIVE_ROWS), List.of(inputs.get(t))));
    }

    assertThat(outcomes).isEqualTo(expected);
  }

  @Test
  void judgesRepeatsAsItDidTheFirstTimeThoughTheNewestRowsAreLost() {
    List<Input> inputs = everySecond(0, 60);
    List<Outcome> first = run(entities(PLENTY), model("m", FIVE_ROWS), inputs);
    int before = stores.keptRows();
    stores.loseRow("pump", 58 % PLACES);
    stores.loseRow("pump", 59 % PLACES);
    assertThat(stores.keptRows()).isEqualTo(before - 2);

    List<Outcome> again = run(entities(PLENTY), model("m", FIVE_ROWS), inputs.subList(57, 60));

    assertThat(again).isEqualTo(first.subList(57, 60));
  }

  @Test
  void startsOverWhereRowsBeforeRepeatAreNoLongerKept() {
    run(entities(PLENTY), model("m", FIVE_ROWS), everySecond(0, 60));

    List<Outcome> again = run(entities(PLENTY), model("m", FIVE_ROWS), everySecond(20, 26));

    assertThat(again).extracting(Outcome::known).containsExactly(1, 2, 3, 4, 5, 5);
  }

  @Test
  void beginsNewStretchAfterGap() {
    Entities entities = entities(PLENTY);
    EntityModel model = model("m", FIVE_ROWS);
    run(entities, model, everySecond(0, 10));

    List<Outcome> after = run(entities, model, everySecond(30, 36));

    assertThat(after).extracting(Outcome::known).containsExactly(1, 2, 3, 4, 5, 5);
    assertThat(after.get(3).smoothed()).isNaN();
  }

  @Test
  void takesNoRowThatIsOutOfOrder() {
    Entities entities = entities(PLENTY);
    EntityModel model = model("m", FIVE_ROWS);
    run(entities, model, everySecond(0, 10));

    List<Outcome> after =
        run(entities, model, List.of(new Input(10, at(5), ONES), new Input(11, at(10), ONES)));

    assertThat(after).extracting(Outcome::known).containsExactly(0, 5);
  }

  @Test
  void needsNoWarmingUpForAnotherScalingAndShorterWindow() {
    run(entities(PLENTY), model("m", FIVE_ROWS), everySecond(0, 10));
    EntityModel other = model("n", frontEnd(transform(7), Window.ofRows(3)), 0.5);

    List<Outcome> after = run(entities(PLENTY), other, everySecond(10, 12));

    assertThat(after).extracting(Outcome::known).containsExactly(3, 3);
    assertThat(after.get(0).features()).hasSize(6);
    // scores of different models do not compare: the first is not smoothed with those before it
    assertThat(after.get(0).smoothed()).isEqualTo(score(everySecond(10, 11).get(0)));
  }

  @Test
  void usesAllKeptRowsForLongerWindow() {
    run(entities(PLENTY), model("m", FIVE_ROWS), everySecond(0, 30));

    List<Outcome> after = run(entities(PLENTY), model("n", Window.ofRows(12)), everySecond(30, 36));
    List<Outcome> again = run(entities(PLENTY), model("n", Window.ofRows(12)), everySecond(36, 37));

    assertThat(after).extracting(Outcome::known).containsExactly(9, 10, 11, 12, 12, 12);
    assertThat(again).extracting(Outcome::known).containsExactly(12);
  }

  @Test
  void keepsRowsApartWhenTheirNumberShrinks() {
    run(entities(PLENTY), model("m", Window.ofRows(20)), everySecond(0, 33));

    List<Outcome> after = run(entities(PLENTY), model("n", FIVE_ROWS), everySecond(33, 34));

    assertThat(after).extracting(Outcome::known).containsExactly(5);
    assertThat(stores.keptRows()).isEqualTo(PLACES);
  }

  @Test
  void warmsUpForOtherSensors() {
    run(entities(PLENTY), model("m", FIVE_ROWS), everySecond(0, 10));
    RowTransform other =
        new RowTransform(
            List.of(new SensorScaling("heat", 0, 1), new SensorScaling("flow", 0, 1)),
            new Squash(3));

    List<Outcome> after =
        run(entities(PLENTY), model("n", frontEnd(other, FIVE_ROWS), 1), everySecond(10, 11));

    assertThat(after).extracting(Outcome::known).containsExactly(1);
  }

  @Test
  void keepsNoRowOfModelThatDoesNotLookBack() {
    EntityModel model = model("m", frontEnd(transform(1), Window.SINGLE_ROW), 1);

    List<Outcome> outcomes = run(entities(PLENTY), model, everySecond(0, 5));
    List<Outcome> repeated = run(entities(PLENTY), model, everySecond(1, 3));

    assertThat(outcomes).extracting(Outcome::known).containsOnly(1);
    assertThat(repeated).isEqualTo(outcomes.subList(1, 3));
    assertThat(stores.keptRows()).isZero();
  }

  @Test
  void writesOnlyTheRowPlacedLast() {
    Entities entities = entities(PLENTY);
    EntityModel model = model("m", Window.ofRows(2));
    place(entities, "pump", model, new Input(0, at(0), ONES));
    PlacedRow row = place(entities, "pump", model, new Input(1, at(1), ONES)).orElseThrow();
    place(entities, "pump", model, new Input(2, at(2), ONES));

    assertThatThrownBy(() -> row.write(Rows.zeros(1, 4), Mask.all(1, 4), 0))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void tellsOfStuckSensorOnceEvenAcrossRestarts() {
    EntityModel model = model("m", FIVE_ROWS);
    List<Integer> toldAt = new ArrayList<>();

    for (int t = 0; t < 60; t++) {
      Entities begunAnew = entities(PLENTY);
      Input same = new Input(t, at(t), List.of(7.0, 1.0));
      PlacedRow row = place(begunAnew, "pump", model, same).orElseThrow();
      row.settle(1);
      begunAnew.settled();
      if (!row.stuck().isEmpty()) {
        toldAt.add(t);
        assertThat(row.stuck()).containsExactly(0);
        assertThat(row.run(0)).isEqualTo(27);
        assertThat(row.lastValue(0)).isEqualTo(7);
        assertThat(Scrape.of(metrics)).containsEntry("elbow_sensors_stuck", 1.0);
      }
      begunAnew.close();
    }

    // more than 3 · 2 + 20 rows; the other sensor is exempt
    assertThat(toldAt).containsExactly(26);
    assertThat(Scrape.of(metrics)).containsEntry("elbow_sensors_stuck", 0.0);
  }

  @Test
  void anotherModelTellsOfStuckSensorAgain() {
    List<Input> same =
        IntStream.range(0, 40).mapToObj(t -> new Input(t, at(t), List.of(7.0, 1.0))).toList();
    run(entities(PLENTY), model("m", FIVE_ROWS), same);

    PlacedRow next =
        place(
                entities(PLENTY),
                "pump",
                model("n", FIVE_ROWS),
                new Input(40, at(40), List.of(7.0, 2.0)))
            .orElseThrow();

    assertThat(next.stuck()).containsExactly(0);
    assertThat(next.run(0)).isEqualTo(41);
  }

  @Test
  void countsEntitiesThatWarmUp() {
    Entities entities = entities(PLENTY);
    run(entities, "1", model("m", FIVE_ROWS), everySecond(0, 3));
    run(entities, "2", model("m", FIVE_ROWS), everySecond(0, 3));
    assertThat(Scrape.of(metrics)).containsEntry("elbow_entities_warming_up", 2.0);

    run(entities, "2", model("m", FIVE_ROWS), everySecond(3, 6));
    assertThat(Scrape.of(metrics)).containsEntry("elbow_entities_warming_up", 1.0);

    entities.close();
    assertThat(Scrape.of(metrics)).containsEntry("elbow_entities_warming_up", 0.0);
  }

  @Test
  void settlesRowsThatWerePlacedTogetherAsIfOneByOne() {
    EntityModel model = model("m", FIVE_ROWS);
    List<Input> inputs = everySecond(0, 12);
    List<Outcome> expected = run(entities(PLENTY), "a", model, inputs);
    Entities entities = entities(PLENTY);

    List<PlacedRow> placed =
        inputs.stream().map(input -> place(entities, "b", model, input).orElseThrow()).toList();
    List<Double> smoothed =
        IntStream.range(0, inputs.size())
            .mapToObj(i -> settle(placed.get(i), inputs.get(i)))
            .toList();
    entities.settled();

    assertThat(smoothed).isEqualTo(expected.stream().map(Outcome::smoothed).toList());
    assertThat(run(entities(PLENTY), "b", model, everySecond(12, 14)))
        .isEqualTo(run(entities(PLENTY), "a", model, everySecond(12, 14)));
  }

  private List<Outcome> run(Entities entities, EntityModel model, List<Input> inputs) {
    return run(entities, "pump", model, inputs);
  }

  private List<Outcome> run(Entities entities, String name, EntityModel model, List<Input> inputs) {
    List<Outcome> outcomes = new ArrayList<>();
    for (Input input : inputs) {
      outcomes.add(
          place(entities, name, model, input)
              .map(row -> outcome(row, input))
              .orElse(new Outcome(0, List.of(), Double.NaN)));
      entities.settled();
    }
    return outcomes;
  }

  private static Optional<PlacedRow> place(
      Entities entities, String name, EntityModel model, Input input) {
    double[] values = input.values().stream().mapToDouble(Double::doubleValue).toArray();
    return entities.place(
        name, input.observed(), new Coordinates("observations", 0, input.offset()), values, model);
  }

  private static Outcome outcome(PlacedRow row, Input input) {
    if (row.isWarmingUp()) {
      return new Outcome(row.known(), List.of(), row.settle(Double.NaN).state().smoothed());
    }
    int features = row.features();
    Rows x = Rows.zeros(1, features);
    row.write(x, Mask.all(1, features), 0);
    List<Double> written = Arrays.stream(x.row(0)).boxed().toList();
    return new Outcome(row.known(), written, row.settle(score(input)).state().smoothed());
  }

  private static double settle(PlacedRow row, Input input) {
    return row.settle(row.isWarmingUp() ? Double.NaN : score(input)).state().smoothed();
  }

  /** Any function of the row does. */
  private static double score(Input input) {
    return input.values().get(1) * 10;
  }

  private static List<Input> everySecond(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(t -> new Input(t, at(t), List.of((double) t, Math.sin(t))))
        .toList();
  }

  /** Some come long after the one before, some before it, some sensors are missing. */
  private static List<Input> withGapsAndStragglers(int rows) {
    Random random = new Random(7);
    List<Input> inputs = new ArrayList<>();
    double second = 0;
    for (int t = 0; t < rows; t++) {
      second += random.nextInt(40) == 0 ? 100 : random.nextInt(12) == 0 ? -3 : 1;
      double pressure = random.nextInt(9) == 0 ? Double.NaN : random.nextGaussian();
      inputs.add(new Input(5L * t, at(second), List.of(pressure, random.nextGaussian())));
    }
    return inputs;
  }

  private static Instant at(double second) {
    return START.plusMillis(Math.round(1000 * second));
  }

  private Entities entities(long memoryBytes) {
    return new Entities(
        stores.context(),
        "observations",
        new EntitySettings(PLACES, NEVER_SILENT),
        new HistoryMemory(memoryBytes),
        metrics.entities(),
        silence -> {});
  }

  private static EntityModel model(String bundle, Window window) {
    return model(bundle, frontEnd(transform(1), window), 0.25);
  }

  private static EntityModel model(String bundle, FrontEnd frontEnd, double alpha) {
    Alarms alarms = new Alarms(new Smoothing(alpha), ThresholdOn.SMOOTHED, new FixedThreshold());
    return EntityModel.of(bundle, frontEnd, alarms, 5, FLAT);
  }

  private static FrontEnd frontEnd(RowTransform transform, Window window) {
    int features = window.features(2);
    return new FrontEnd(
        transform,
        window,
        continuity(),
        window.isSingleRow() ? Optional.empty() : Optional.of(identity(features)));
  }

  private static Continuity continuity() {
    return new Continuity(Optional.of(Duration.ofSeconds(1)), Continuity.GAP_STEPS);
  }

  private static Whitening identity(int features) {
    double[] matrix = new double[features * features];
    for (int f = 0; f < features; f++) {
      matrix[f * features + f] = 1;
    }
    return Whitening.of(new double[features], matrix);
  }

  private static RowTransform transform(double scale) {
    return new RowTransform(
        List.of(new SensorScaling("pressure", 1, scale), new SensorScaling("flow", 0, scale)),
        new Squash(3));
  }
}
