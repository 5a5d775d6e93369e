package dev.elbow.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbow.bundle.BundleReader;
import dev.elbow.bundle.Lineage;
import dev.elbow.bundle.ModelBundle;
import dev.elbow.input.InvalidInputException;
import dev.elbow.trainer.data.SensorTable;
import dev.elbow.trainer.data.SensorTableBuilder;
import dev.elbow.trainer.data.Split;
import dev.elbow.trainer.fit.FitListener;
import dev.elbow.trainer.fit.FitSettings.Rounds;
import java.nio.file.Path;
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

  private ModelBundle train(SensorTable table) {
    TrainingSettings defaults = TrainingSettings.defaults(table);
    TrainingSettings quick =
        defaults.withFit(defaults.fit().withRounds(Rounds.exactly(50))).withFalseAlarmRate(0.05);
    new TrainingRun(table, quick).writeTo(directory.resolve("model"), FitListener.silent());
    return BundleReader.read(directory.resolve("model"));
  }
}
