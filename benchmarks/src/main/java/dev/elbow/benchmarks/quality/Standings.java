package dev.elbow.benchmarks.quality;

import dev.elbow.alarm.AlarmLevel;
import dev.elbow.cli.TableScorer;
import dev.elbow.cli.TableScorer.RowVerdict;
import dev.elbow.scoring.Scorer;
import dev.elbow.trainer.data.SensorTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** How the rows of a table stand by a rule, and which of them somebody was told of. */
final class Standings {

  private final SensorTable table;
  private final List<AlarmLevel> levels;
  private final BitSet scored;
  private final BitSet told;

  /**
   * What was said of every row.
   *
   * @param levels one per row of the table; NORMAL where it was not scored
   * @param scored rows that were
   * @param told rows at which somebody was told
   */
  Standings(SensorTable table, List<AlarmLevel> levels, BitSet scored, BitSet told) {
    this.table = table;
    this.levels = levels;
    this.scored = scored;
    this.told = told;
  }

  /** Scores a table and tells alarms by a rule. */
  static Standings of(Scorer scorer, SensorTable table, TellingRule rule) {
    List<AlarmLevel> levels = new ArrayList<>();
    BitSet scored = new BitSet();
    BitSet told = new BitSet();
    new TableScorer(scorer, table)
        .withAlarms(rule.alarms(), rule.threshold())
        .forEach(
            (i, verdict) -> {
              if (verdict instanceof RowVerdict.Scored row) {
                scored.set(i);
                told.set(i, row.judgement().anomalous());
                levels.add(row.judgement().level());
              } else {
                levels.add(AlarmLevel.NORMAL);
              }
            });
    return new Standings(table, levels, scored, told);
  }

  /** How row {@code i} stands; normal where it was not scored. */
  AlarmLevel level(int i) {
    return levels.get(i);
  }

  /**
   * Shares of some of the rows.
   *
   * @param rows how many of them were scored
   * @param alarm share of those in ALARM, in [0, 1]
   * @param shift share of those in SHIFT, in [0, 1]
   * @param episodes runs of rows in ALARM without one that is not, among all rows
   */
  record Shares(int rows, double alarm, double shift, int episodes) {}

  /** The shares of the scored rows that are included. */
  Shares shares(IntPredicate included) {
    int[] rows = IntStream.range(0, levels.size()).filter(included).filter(scored::get).toArray();
    return new Shares(
        rows.length, share(rows, AlarmLevel.ALARM), share(rows, AlarmLevel.SHIFT), episodes(rows));
  }

  private double share(int[] rows, AlarmLevel level) {
    return Arrays.stream(rows).mapToDouble(i -> levels.get(i) == level ? 1 : 0).average().orElse(0);
  }

  private int episodes(int[] rows) {
    int episodes = 0;
    for (int k = 0; k < rows.length; k++) {
      boolean alarm = levels.get(rows[k]) == AlarmLevel.ALARM;
      boolean begins = k == 0 || levels.get(rows[k - 1]) != AlarmLevel.ALARM;
      episodes += alarm && begins ? 1 : 0;
    }
    return episodes;
  }

  /**
   * Whether there is news in an event: a row of it that somebody is told of, that is a row in ALARM
   * or one that raises a SHIFT.
   *
   * <p>What stood before the event is no news and finds nothing: neither a SHIFT that was raised
   * earlier and goes on, nor the rows of an ALARM that was on in the row before the event, up to
   * its first row that is not in ALARM. By the fixed threshold the same holds of its alarms: a rule
   * that is always on finds no event. A rule that goes on and off all the time still finds some by
   * chance; its share of false alarms stands beside what it found.
   *
   * @param event rows of one entity in the order of time
   * @param before the row before them, −1 if there is none
   */
  boolean findsNews(int[] event, int before) {
    boolean goesOn = before >= 0 && levels.get(before) == AlarmLevel.ALARM;
    for (int i : event) {
      goesOn = goesOn && levels.get(i) == AlarmLevel.ALARM;
      if (told.get(i) && !goesOn) {
        return true;
      }
    }
    return false;
  }

  /** How many of the table's events have news in them, and how many there are. */
  Found events() {
    int found = 0;
    int total = 0;
    for (int[] series : table.series()) {
      int k = 0;
      while (k < series.length) {
        int from = k;
        while (k < series.length && table.anomalous(series[k])) {
          k++;
        }
        if (k > from) {
          total++;
          int[] event = Arrays.copyOfRange(series, from, k);
          found += findsNews(event, from == 0 ? -1 : series[from - 1]) ? 1 : 0;
        } else {
          k++;
        }
      }
    }
    return new Found(found, total);
  }

  /**
   * Events with news in them.
   *
   * @param found how many
   * @param total how many events there are
   */
  record Found(int found, int total) {}
}
