package dev.elbow.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.elbow.demo.plant.FaultKind;
import dev.elbow.demo.plant.PlantFiles;
import dev.elbow.demo.plant.SimulatedPlant;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole product, a real broker included, on two pumps for two days. */
final class DemoEndToEndTest {

  private static final SimulatedPlant.Settings PLANT =
      new SimulatedPlant.Settings(2, Duration.ofDays(2), Duration.ofDays(2), 1, 1);

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, UTF_8);

  @Test
  @Timeout(120)
  void findsPlainFaultsAndLosesNothing(@TempDir Path temporary) throws Exception {
    Demo demo = new Demo(settings(0, Optional.empty(), Optional.empty()), out, false, temporary);

    DemoResult result = demo.run(() -> DemoData.simulated(PLANT, true));

    System.out.println(printed());
    assertThat(result.sent()).isEqualTo(2 * 2 * 24 * 60);
    assertThat(result.addsUp()).as("%s", result).isTrue();
    assertThat(result.counts().rejected()).isZero();
    assertThat(result.counts().episodes()).isPositive().isLessThan(result.counts().anomalous());
    assertThat(result.readBack().ofTheModel()).isEqualTo(result.readBack().anomalies());
    Findings findings = result.findings().orElseThrow();
    assertThat(findings.events())
        .extracting(event -> event.fault().orElseThrow().kind())
        .containsExactlyInAnyOrder(FaultKind.values());
    assertThat(findings.events())
        .filteredOn(event -> event.fault().orElseThrow().kind() == FaultKind.CAVITATION)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.timeToAlarm().orElseThrow()).isLessThan(Duration.ofMinutes(30));
              assertThat(event.guiltyAmongFirst(1)).isTrue();
            });
    assertThat(printed()).contains("They add up", "cavitation", "/metrics", "over  after");
    assertThat(filesIn(temporary)).isZero();
  }

  @Test
  @Timeout(120)
  void stopsEarlyInGoodOrder(@TempDir Path temporary) throws Exception {
    Path data = temporary.resolve("data.csv");
    PlantFiles.writeRows(SimulatedPlant.simulate(PLANT).test(), data);
    Demo demo =
        new Demo(settings(100, Optional.of(data), Optional.of("entity")), out, false, temporary);
    Thread stopper = new Thread(() -> stopOnceReplaying(demo));
    stopper.start();

    DemoResult result = demo.run();
    stopper.join();

    assertThat(result.sent()).isLessThan(result.rows());
    assertThat(result.addsUp()).as("%s", result).isTrue();
    assertThat(printed()).contains("leading fifth", "stopped before the end");
    assertThat(filesIn(temporary)).as("the data alone").isOne();
  }

  private void stopOnceReplaying(Demo demo) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> printed().contains("blamed: actual (expected)"));
    demo.stop();
  }

  private static DemoSettings settings(int rate, Optional<Path> data, Optional<String> entity) {
    return new DemoSettings(
        data,
        Optional.empty(),
        Optional.empty(),
        "label",
        entity,
        Optional.of(rate),
        Duration.ofSeconds(60),
        0,
        1,
        0.005);
  }

  private String printed() {
    return bytes.toString(UTF_8);
  }

  private static long filesIn(Path directory) throws Exception {
    try (Stream<Path> files = Files.list(directory)) {
      return files.count();
    }
  }
}
