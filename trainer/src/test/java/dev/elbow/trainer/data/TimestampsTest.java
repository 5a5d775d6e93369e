package dev.elbow.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

  @ParameterizedTest
  @CsvSource({
    "2020-03-09T13:34:39Z, 2020-03-09T13:34:39Z",
    "2020-03-09T13:34:39.123456789Z, 2020-03-09T13:34:39.123456789Z",
    "2020-03-09T13:34:39+02:00, 2020-03-09T11:34:39Z",
    "2020-03-09T13:34:39-0330, 2020-03-09T17:04:39Z",
    "2020-03-09T13:34:39+02, 2020-03-09T11:34:39Z",
    "2020-03-09t13:34:39z, 2020-03-09T13:34:39Z",
    "2020-03-09T13:34:39, 2020-03-09T13:34:39Z",
    "2020-03-09 13:34:39, 2020-03-09T13:34:39Z",
    "2020-03-09 13:34:39.5, 2020-03-09T13:34:39.5Z",
    "2020-03-09 13:34:39+00:00, 2020-03-09T13:34:39Z",
    "2020-03-09 13:34, 2020-03-09T13:34:00Z",
    "2020-03-09, 2020-03-09T00:00:00Z",
  })
  void readsIsoAsUtcUnlessItNamesAZone(String text, Instant expected) {
    assertThat(Timestamps.parse(text)).contains(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1970-01-01T00:00:00Z",
    "180, 1970-01-01T00:03:00Z",
    "-1, 1969-12-31T23:59:59Z",
    "1583760879, 2020-03-09T13:34:39Z",
    "1583760879.25, 2020-03-09T13:34:39.250Z",
    "1.583760879e9, 2020-03-09T13:34:39Z",
    "1583760879123, 2020-03-09T13:34:39.123Z",
    "1583760879123.0, 2020-03-09T13:34:39.123Z",
    "100000000000, 1973-03-03T09:46:40Z",
  })
  void tellsSecondsFromMillisecondsBySize(String text, Instant expected) {
    assertThat(Timestamps.parse(text)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "NaN",
        "yesterday",
        "2020-02-30",
        "2020-03-09T25:00:00",
        "09/03/2020",
        "13:34:39",
        "1583760879123456",
        "99999999999",
        "1e99",
        "9999-12-31T00:00:00Z",
        "2020-03-09T13:34:39 ",
      })
  void refusesAnythingElse(String text) {
    assertThat(Timestamps.parse(text)).isEmpty();
  }
}
