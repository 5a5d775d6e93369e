package dev.elbow.demo.plant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbow.trainer.data.CsvColumns;
import dev.elbow.trainer.data.CsvSource;
import dev.elbow.trainer.data.SensorTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlantFilesTest {

  private static final SimulatedPlant PLANT =
      SimulatedPlant.simulate(
          new SimulatedPlant.Settings(2, Duration.ofHours(2), Duration.ofDays(2), 1, 7));

  /** Frozen: whoever quotes figures for a seed relies on the rows behind them. */
  @Test
  void rowsBeginAsTheyAlwaysDid(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("rows.csv");

    PlantFiles.writeRows(PLANT.training(), file);

    assertThat(Files.readAllLines(file).subList(0, 5))
        .containsExactly(
            "timestamp,label,entity,flow_m3h,suction_bar,discharge_bar,cu"
                + "rrent_a,speed_rpm,vibration_mms,bearing_c,winding_c,valve_pct",
            "2026-03-02T00:00:00Z,0,pump-1,176.4,0.312,3.674,46,1179,1.23,32.6,32.5,70.3",
            "2026-03-02T00:00:00Z,0,pump-2,168.4,0.315,3.645,44,1193,1.35,33.1,30.7,70.8",
            "2026-03-02T00:01:00Z,0,pump-1,175.6,0.305,3.653,45.8,1175,1.34,32.4,33.7,70",
            "2026-03-02T00:01:00Z,0,pump-2,174.1,0.32,3.632,44.3,1192,1.51,33.1,30.4,70.7");
  }

  @Test
  void rowsReadBackAsTheyWere(@TempDir Path directory) {
    Path file = directory.resolve("rows.csv");

    PlantFiles.writeRows(PLANT.test(), file);

    SensorTable read =
        new CsvSource(List.of(file), CsvColumns.defaults().withLabel("label").withEntity("entity"))
            .read();
    assertThat(read.sensors()).isEqualTo(PLANT.test().sensors());
    assertThat(read.count()).isEqualTo(PLANT.test().count());
    assertThat(read.anomalousRows()).isEqualTo(PLANT.test().anomalousRows());
    for (int i = 0; i < read.count(); i++) {
      assertThat(read.row(i)).isEqualTo(PLANT.test().row(i));
      assertThat(read.entity(i)).isEqualTo(PLANT.test().entity(i));
      assertThat(read.timestamp(i)).isEqualTo(PLANT.test().timestamp(i));
    }
  }

  @Test
  void truthHasALineForEachFault(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("truth.csv");

    PlantFiles.writeTruth(PLANT.faults(), file);

    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(1 + FaultKind.values().length);
    assertThat(lines.get(0)).isEqualTo("kind,entity,sensors,from,to,severity");
    assertThat(lines).anyMatch(line -> line.startsWith("bearing wear,pump-"));
  }
}
