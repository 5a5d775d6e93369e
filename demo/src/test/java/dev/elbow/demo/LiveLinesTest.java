package dev.elbow.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.elbow.event.Anomaly;
import dev.elbow.event.Contribution;
import dev.elbow.event.Coordinates;
import dev.elbow.event.Episode;
import dev.elbow.event.Episode.Status;
import dev.elbow.event.Silence;
import dev.elbow.event.StuckSensor;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LiveLinesTest {

  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final LiveLines lines =
      new LiveLines(new PrintStream(bytes, true, UTF_8), new Style(false));

  @Test
  void lineSaysWhenWhoHowStrangeAndWhatIsToBlame() {
    lines.show(started(NOON, "pump-1"), 0);

    assertThat(printed())
        .isEqualTo(
            "03-02 12:00:00  pump-1         20.0   15.3  flow_m3h 3.456 (1.235), current_a 3.456"
                + " (1.235)\n");
  }

  @Test
  void episodeIsPrintedWhenItBeginsWhenTheLevelHasMovedAndWhenItIsOver() {
    lines.show(started(NOON, "pump-1"), 0);
    lines.show(told(NOON, "pump-1", Status.ONGOING, NOON.plusSeconds(60), false), 0);
    lines.show(told(NOON, "pump-1", Status.ONGOING, NOON.plusSeconds(120), true), 0);
    lines.show(told(NOON, "pump-1", Status.ONGOING, NOON.plusSeconds(180), true), 0);
    lines.show(told(NOON, "pump-1", Status.ENDED, NOON.plusSeconds(240), false), 0);

    assertThat(printed())
        .endsWith(
            """
            03-02 12:02:00  pump-1         20.0  shift  flow_m3h 3.456 (1.235), current_a 3.456 (1.235)
            03-02 12:04:00  pump-1                over  after 4 min, 3 anomalies, silent
            """)
        .hasLineCount(3);
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
  void neverScrollsFasterThanAPersonReads() {
    for (int i = 0; i < 1000; i++) {
      lines.show(started(NOON, "pump-" + i), i * SECOND / 1000);
    }
    for (int i = 0; i < 1000; i++) {
      lines.show(told(NOON, "pump-" + i, Status.ENDED, NOON, false), SECOND);
    }
    lines.ending();

    assertThat(printed().lines()).hasSizeLessThanOrEqualTo(2 * 11);
    assertThat(printed()).containsPattern("\\.\\.\\. and 9\\d\\d more episodes\n");
  }

  @Test
  void coloursOnlyWhereAsked() {
    assertThat(new Style(false).bad("20.0")).isEqualTo("20.0");
    assertThat(new Style(true).bad("20.0")).isEqualTo("\u001b[31m20.0\u001b[0m");
  }

  private static Episode started(Instant time, String entity) {
    return told(time, entity, Status.STARTED, time, false);
  }

  private static Episode told(
      Instant start, String entity, Status status, Instant end, boolean shifted) {
    Anomaly anomaly = Anomalies.at(start, entity, Map.of());
    return new Episode(
        "of " + entity,
        entity,
        status,
        end,
        start,
        end,
        9,
        3,
        shifted,
        Episode.Peak.of(anomaly),
        List.of(
            new Episode.Blame(9, 3, new Contribution("flow_m3h", 3.456, 1.2345, 0.5, 3)),
            new Episode.Blame(6, 3, new Contribution("current_a", 3.456, 1.2345, 0.5, 2)),
            new Episode.Blame(3, 3, new Contribution("speed_rpm", 3.456, 1.2345, 0.5, 1))),
        "model",
        anomaly.source(),
        anomaly.source(),
        status == Status.ENDED ? Optional.of(Episode.Reason.SILENT) : Optional.empty());
  }

  private String printed() {
    return bytes.toString(UTF_8).replace(System.lineSeparator(), "\n");
  }
}
