package dev.elbow.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbow.alarm.Alarms;
import dev.elbow.alarm.Smoothing;
import dev.elbow.alarm.TwoClocks;
import dev.elbow.bundle.BundleReader;
import dev.elbow.bundle.Lineage;
import dev.elbow.bundle.ModelBundle;
import dev.elbow.input.InvalidInputException;
import dev.elbow.row.FrontEnd;
import dev.elbow.row.Window;
import dev.elbow.trainer.data.SensorTable;
import dev.elbow.trainer.data.SensorTableBuilder;
import dev.elbow.trainer.data.Split;
import dev.elbow.trainer.fit.FitListener;
import dev.elbow.trainer.fit.FitSettings.Rounds;
import dev.elbow.trainer.input.InputChoice;
import dev.elbow.trainer.input.InputSettings;
import dev.elbow.trainer.mixture.MixtureSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingRunTest {

  private static final int ROWS = 200;

  @TempDir Path directory;

  @Test
  void leavesOutLabelledRowsAndThoseTheDetectorWouldReject() {
    SensorTableBuilder rows = SensorTable.of(List.of("a", "b", "c"));
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < ROWS; i++) {
      double a = random.nextGaussian();
      rows.add(a, a + 0.1 * random.nextGaussian(), random.nextGaussian()).labelled(i < 10);
    }
    rows.add(0, Double.NaN, Double.NaN).labelled(false);
    rows.add(0, 0, Double.NaN).labelled(false);
    SensorTable table = rows.build(new Lineage.Generated("two coupled sensors and one of its own"));

    ModelBundle bundle = train(table);

    Lineage lineage = bundle.manifest().lineage();
    assertThat(lineage.rowsRead()).isEqualTo(ROWS + 2);
    assertThat(lineage.rowsLeftOut())
        .containsEntry("anomalous", 10L)
        .containsEntry("too few sensors", 1L);
    assertThat(lineage.rowsHeldOut()).isEqualTo(Math.round((ROWS - 10 + 1) * Split.HELD_OUT));
    assertThat(bundle.report()).contains("<html", "too few sensors");
  }

  @Test
  void givesTheSameBundleForTheSameRowsAndSeed() {
    SensorTable table = independentRows();

    String first = train(table).id();

    assertThat(train(table).id()).isEqualTo(first);
  }

  @Test
  void givesIndependentRowsAMixtureWithAnEqualSay() {
    ModelBundle bundle = train(independentRows());

    assertThat(bundle.mixture().orElseThrow().weight()).isEqualTo(0.5);
    Lineage lineage = bundle.manifest().lineage();
    assertThat(lineage.settings())
        .containsEntry("mixture", "0.5")
        .containsEntry("mixture-exemplars", "250");
    double networks = lineage.metrics().getOrDefault("heldOut.networks", Double.NaN);
    double mixture = lineage.metrics().getOrDefault("heldOut.mixture", Double.NaN);
    assertThat(lineage.metrics().get("heldOut.negativeElbo"))
        .isCloseTo((networks + mixture) / 2, within(1e-9));
  }

  @Test
  void refusesAMixtureOverWindows() {
    SensorTable table = independentRows();
    InputChoice input = InputChoice.of(table, InputSettings.AUTO.withWindow(Window.ofRows(4)));
    TrainingSettings settings = TrainingSettings.defaults(table, input);

    assertThat(settings.mixture()).isEqualTo(MixtureSettings.NONE);
    assertThatThrownBy(() -> settings.withMixture(MixtureSettings.EQUAL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("--mixture goes with single rows, found windows of 4 rows");
  }

  private static SensorTable independentRows() {
    SensorTableBuilder rows = SensorTable.of(List.of("a", "b"));
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 400; i++) {
      double a = random.nextGaussian();
      rows.add(a, Math.exp(a + 0.1 * random.nextGaussian()));
    }
    return rows.build(new Lineage.Generated("two coupled sensors"));
  }

  @Test
  void saysWhenNothingIsLeftToTrainOn() {
    SensorTable anomalous =
        SensorTable.of(List.of("a", "b"))
            .add(1, 2)
            .labelled(true)
            .add(2, 3)
            .labelled(true)
            .build(new Lineage.Generated("two anomalies"));

    assertThatThrownBy(() -> train(anomalous))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("at least 2 rows")
        .hasMessageContaining("found 0 of 2");
    assertThat(directory.resolve("model")).doesNotExist();
  }

  /** 400 rows of two machines with a gap in one: three stretches, whose first 3 rows warm up. */
  @Test
  void trainsOnTheWindowsOfASeries() {
    SensorTableBuilder rows = SensorTable.of(List.of("a", "b"));
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 200; i++) {
      double a = Math.sin(0.1 * i) + 0.1 * random.nextGaussian();
      int seconds = i < 50 ? i : i + 1000;
      rows.add(a, a + 0.1 * random.nextGaussian()).of("one").at(Instant.ofEpochSecond(seconds));
      rows.add(a, 0.1 * random.nextGaussian()).of("two").at(Instant.ofEpochSecond(i));
    }
    SensorTable table = rows.build(new Lineage.Generated("two machines"));
    InputChoice input = InputChoice.of(table, InputSettings.AUTO.withWindow(Window.ofRows(4)));

    ModelBundle bundle = train(table, input);

    FrontEnd frontEnd = bundle.frontEnd();
    assertThat(frontEnd.window()).isEqualTo(Window.ofRows(4));
    assertThat(frontEnd.continuity().usualStep()).contains(Duration.ofSeconds(1));
    assertThat(frontEnd.features()).isEqualTo(8);
    Lineage lineage = bundle.manifest().lineage();
    assertThat(lineage.rowsLeftOut())
        .containsEntry("warming up", 9L)
        .containsEntry("next to those held out", 6L);
    assertThat(lineage.rowsHeldOut()).isEqualTo(29 + 30);
    assertThat(lineage.settings())
        .containsEntry("window", "4")
        .containsEntry("input", "windows of the last 4 rows, whitened with ridge 0.001: asked for");
    assertThat(bundle.golden().observations())
        .allSatisfy(golden -> assertThat(golden.values()).hasSize(8));
  }

  /** A level that rises all the time: the mean of all rows is not that of those fitted first. */
  @Test
  void fitsASeriesAgainToAllRows() {
    SensorTableBuilder rows = SensorTable.of(List.of("a", "b"));
    SplittableRandom random = new SplittableRandom(1);
    double sum = 0;
    for (int i = 0; i < ROWS; i++) {
      double a = 0.01 * i + 0.1 * random.nextGaussian();
      sum += a;
      rows.add(a, 0.1 * random.nextGaussian()).at(Instant.ofEpochSecond(i));
    }
    SensorTable table = rows.build(new Lineage.Generated("a level that rises"));

    ModelBundle bundle =
        train(table, InputChoice.of(table, InputSettings.AUTO.withWindow(Window.ofRows(4))));

    assertThat(bundle.manifest().lineage().settings()).containsEntry("refit", "true");
    assertThat(bundle.manifest().sensors().get(0).mean()).isCloseTo(sum / ROWS, within(1e-12));
  }

  @Test
  void judgesWindowsByTwoClocksAndRowsByOneThreshold() {
    SensorTableBuilder rows = SensorTable.of(List.of("a", "b"));
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < ROWS; i++) {
      rows.add(random.nextGaussian(), random.nextGaussian()).at(Instant.ofEpochSecond(i));
    }
    SensorTable table = rows.build(new Lineage.Generated("noise"));

    ModelBundle windows =
        train(table, InputChoice.of(table, InputSettings.AUTO.withWindow(Window.ofRows(2))));
    ModelBundle single = train(table);

    assertThat(windows.manifest().alarms().rule()).isInstanceOf(TwoClocks.class);
    assertThat(windows.manifest().alarms().smoothing()).isEqualTo(Smoothing.SERIES);
    assertThat(windows.calibration().count())
        .isEqualTo((int) windows.manifest().lineage().rowsHeldOut());
    assertThat(single.manifest().alarms()).isEqualTo(Alarms.ROWS);
  }

  private ModelBundle train(SensorTable table) {
    return train(table, InputChoice.of(table, InputSettings.ROWS));
  }

  private ModelBundle train(SensorTable table, InputChoice input) {
    TrainingSettings quick =
        TrainingSettings.defaults(table, input)
            .withFit(TrainingSettings.fitDefaults(table, input).withRounds(Rounds.exactly(50)))
            .withFalseAlarmRate(0.05);
    new TrainingRun(table, quick).writeTo(directory.resolve("model"), FitListener.silent());
    return BundleReader.read(directory.resolve("model"));
  }
}
