package dev.elbow.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

  @ParameterizedTest
  @CsvSource({
    "2026-03-01T08:15:30Z, 2026-03-01T08:15:30Z",
    "2026-03-01T08:15:30.250Z, 2026-03-01T08:15:30.250Z",
    "2026-03-01T08:15:30+02:00, 2026-03-01T06:15:30Z",
    "2026-03-01T08:15:30, 2026-03-01T08:15:30Z",
    "2026-03-01 08:15:30, 2026-03-01T08:15:30Z",
    "2026-03-01 08:15:30.5, 2026-03-01T08:15:30.500Z",
    "2026-03-01, 2026-03-01T00:00:00Z",
    "1772352930, 2026-03-01T08:15:30Z",
    "1772352930.25, 2026-03-01T08:15:30.250Z",
    "1772352930250, 2026-03-01T08:15:30.250Z",
    "1.77235293E9, 2026-03-01T08:15:30Z",
    "0, 1970-01-01T00:00:00Z",
    "-1, 1969-12-31T23:59:59Z",
  })
  void readsEveryFormat(String text, Instant instant) {
    assertThat(Timestamps.parse(text)).contains(instant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "yesterday",
        "2026-02-30T00:00:00Z",
        "2026-02-30",
        "2026-3-1",
        "01.03.2026",
        "2026/03/01",
        "+12026-03-01T08:15:30Z",
        "1772352930250000",
        "1e999",
        "NaN",
        "08:15:30",
      })
  void findsNoTimeInAnythingElse(String text) {
    assertThat(Timestamps.parse(text)).isEmpty();
  }
}
