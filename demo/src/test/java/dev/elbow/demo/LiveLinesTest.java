package dev.elbow.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.elbow.alarm.AlarmLevel;
import dev.elbow.event.Anomaly;
import dev.elbow.event.Coordinates;
import dev.elbow.event.Silence;
import dev.elbow.event.StuckSensor;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LiveLinesTest {

  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final LiveLines lines =
      new LiveLines(new PrintStream(bytes, true, UTF_8), new Style(false));

  @Test
  void lineSaysWhenWhoHowStrangeAndWhatIsToBlame() {
    lines.show(anomaly(NOON, "pump-1"), 0);

    assertThat(printed())
        .isEqualTo(
            "03-02 12:00:00  pump-1         20.0   15.3  flow_m3h 3.456 (1.235), current_a 3.456"
                + " (1.235)\n");
  }

  @Test
  void shiftHasNoLimitOfAnAlarm() {
    lines.show(Anomalies.at(NOON, "pump-1", Map.of("flow_m3h", 7.0), AlarmLevel.SHIFT), 0);

    assertThat(printed())
        .isEqualTo("03-02 12:00:00  pump-1         20.0  shift  flow_m3h 3.456 (1.235)\n");
  }

  @Test
  void printsStuckSensorAndSilentMachine() {
    Coordinates source = new Coordinates("observations", 0, 7);
    lines.show(new StuckSensor("1", "pump-1", NOON, "flow_m3h", 31.5, 81, 20, "m", source), 0);
    lines.show(
        new Silence(
            "2",
            "pump-2",
            Silence.Status.SILENT,
            NOON,
            NOON.minusSeconds(60),
            Duration.ofSeconds(1),
            source),
        0);

    assertThat(printed())
        .isEqualTo(
            """
            03-02 12:00:00  pump-1               stuck  flow_m3h: 31.5 for 81 rows, 20 at most in training
            03-02 12:00:00  pump-2              silent  since 03-02 11:59:00
            """);
  }

  @Test
  void alarmThatGoesOnIsPrintedOnce() {
    lines.show(anomaly(NOON, "pump-1"), 0);
    lines.show(anomaly(NOON.plusSeconds(60), "pump-1"), SECOND);
    lines.show(anomaly(NOON.plusSeconds(60), "pump-2"), SECOND);
    lines.show(anomaly(NOON.plus(Duration.ofHours(2)), "pump-1"), SECOND);
    lines.ending();

    assertThat(printed().lines()).hasSize(4);
    assertThat(printed()).endsWith("... and 1 more anomalies, most of them of the same alarms\n");
  }

  @Test
  void alarmThatLastsIsPrintedAgainNowAndThen() {
    for (int i = 0; i < 100; i++) {
      lines.show(anomaly(NOON.plusSeconds(i), "pump-1"), i * SECOND / 10);
    }

    assertThat(printed().lines()).hasSize(5);
  }

  @Test
  void neverScrollsFasterThanAPersonReads() {
    for (int i = 0; i < 1000; i++) {
      lines.show(anomaly(NOON, "pump-" + i), i * SECOND / 1000);
    }

    assertThat(printed().lines()).hasSizeLessThanOrEqualTo(11);
  }

  @Test
  void coloursOnlyWhereAsked() {
    assertThat(new Style(false).bad("20.0")).isEqualTo("20.0");
    assertThat(new Style(true).bad("20.0")).isEqualTo("\u001b[31m20.0\u001b[0m");
  }

  private static Anomaly anomaly(Instant time, String entity) {
    return Anomalies.at(time, entity, Map.of("flow_m3h", 3.0, "current_a", 2.0, "speed_rpm", 1.0));
  }

  private String printed() {
    return bytes.toString(UTF_8).replace(System.lineSeparator(), "\n");
  }
}
