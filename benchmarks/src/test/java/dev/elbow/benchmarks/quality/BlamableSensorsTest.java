package dev.elbow.benchmarks.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbow.bundle.Lineage;
import dev.elbow.trainer.data.SensorTable;
import dev.elbow.trainer.data.SensorTableBuilder;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BlamableSensorsTest {

  @Test
  void leavesOutConstantsAndCopies() {
    SplittableRandom random = new SplittableRandom(1);
    SensorTableBuilder table =
        SensorTable.of(List.of("constant", "radius", "alone", "diameter", "noisy radius"));
    for (int i = 0; i < 300; i++) {
      double radius = random.nextGaussian();
      table.add(0.1, radius, random.nextGaussian(), -2 * radius, radius + random.nextGaussian());
    }

    int[] sensors = BlamableSensors.of(table.build(new Lineage.Generated("test")));

    assertThat(sensors).containsExactly(2, 4);
  }
}
