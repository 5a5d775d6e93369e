package dev.elbow.benchmarks.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbow.alarm.AlarmLevel;
import dev.elbow.benchmarks.reliability.Ledger.Tally;
import dev.elbow.event.Anomaly;
import dev.elbow.event.Coordinates;
import dev.elbow.event.Episode;
import dev.elbow.event.Episode.Status;
import dev.elbow.event.ScoreSummary;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EpisodeLedgerTest {

  private static final Instant TIME = Instant.parse("2026-03-01T00:00:00Z");

  private final EpisodeLedger ledger = new EpisodeLedger();

  @Test
  void findsNothingWrongWhereEveryAnomalyHasItsEpisode() {
    anomalies(3, 5, 9, 20, 21);
    ledger.add(episode(3, Status.STARTED, 3, 1));
    ledger.add(episode(3, Status.ONGOING, 5, 2));
    ledger.add(episode(3, Status.ENDED, 9, 3));
    ledger.add(episode(20, Status.STARTED, 20, 1)); // is not told of again

    assertThat(ledger.tally()).isEqualTo(new Tally(0, 0));
  }

  @Test
  void missesEpisodeOfAnAnomaly() {
    anomalies(3, 10);
    ledger.add(episode(3, Status.STARTED, 3, 1));
    ledger.add(episode(3, Status.ENDED, 3, 1));

    assertThat(ledger.tally()).isEqualTo(new Tally(1, 0));
  }

  @Test
  void missesBeginning() {
    anomalies(3);
    ledger.add(episode(3, Status.ENDED, 3, 1));

    assertThat(ledger.tally()).isEqualTo(new Tally(1, 0));
  }

  @Test
  void missesAnomaliesThatAnEpisodeSaysItHas() {
    anomalies(3, 4);
    ledger.add(episode(3, Status.STARTED, 3, 1));
    ledger.add(episode(3, Status.ENDED, 9, 5));

    assertThat(ledger.tally()).isEqualTo(new Tally(3, 0));
  }

  @Test
  void countsWhatIsToldAgainAndWhatEndsTwice() {
    anomalies(3, 4);
    ledger.add(episode(3, Status.STARTED, 3, 1));
    ledger.add(episode(3, Status.STARTED, 3, 1));
    ledger.add(episode(3, Status.ENDED, 3, 1));
    ledger.add(episode(3, Status.ENDED, 4, 2));

    assertThat(ledger.tally()).isEqualTo(new Tally(0, 2));
  }

  @Test
  void countsAnomalyInTwoEpisodes() {
    anomalies(3, 5);
    ledger.add(episode(3, Status.STARTED, 3, 1));
    ledger.add(episode(5, Status.STARTED, 5, 1));

    assertThat(ledger.tally()).isEqualTo(new Tally(0, 1));
  }

  private void anomalies(long... offsets) {
    for (long offset : offsets) {
      ledger.add(anomaly(offset));
    }
  }

  private static Anomaly anomaly(long offset) {
    Coordinates source = new Coordinates("observations", 0, offset);
    return new Anomaly(
        Anomaly.idOf(source, "model"),
        "machine-1",
        TIME,
        new ScoreSummary(20, 20, 10, 19, 1, 0.01, 4, 4),
        List.of(),
        List.of(),
        "model",
        "0.1.0",
        source,
        AlarmLevel.ALARM);
  }

  private static Episode episode(long first, Status status, long last, long anomalies) {
    Anomaly peak = anomaly(first);
    return new Episode(
        Episode.idOf(peak.source(), "model"),
        "machine-1",
        status,
        TIME,
        TIME,
        TIME,
        last - first + 5,
        anomalies,
        false,
        Episode.Peak.of(peak),
        List.of(),
        "model",
        peak.source(),
        new Coordinates("observations", 0, last),
        status == Status.ENDED ? Optional.of(Episode.Reason.NORMAL) : Optional.empty());
  }
}
