package dev.elbow.cli;

import dev.elbow.alarm.AlarmState;
import dev.elbow.alarm.Alarms;
import dev.elbow.alarm.Judgement;
import dev.elbow.event.RejectionReason;
import dev.elbow.input.InvalidInputException;
import dev.elbow.row.Continuity.Step;
import dev.elbow.row.EntityHistory;
import dev.elbow.row.FrontEnd;
import dev.elbow.score.Mask;
import dev.elbow.score.Rows;
import dev.elbow.scoring.ObservedShare;
import dev.elbow.scoring.ScoredRow;
import dev.elbow.scoring.Scorer;
import dev.elbow.trainer.data.SensorTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Scores a table row by row, as the detector would score the same observations one by one: every
 * entity has its own history and its own alarms.
 */
public final class TableScorer {

  /** Rows in memory at a time. */
  private static final int CHUNK = 1024;

  private final Scorer scorer;
  private final SensorTable table;
  private final FrontEnd frontEnd;
  private final int[] columns;
  private final ObservedShare observedShare;
  private final Alarms alarms;
  private final double threshold;
  private final Map<String, Entity> entities = new HashMap<>();
  private long anomalies;
  private long warmingUp;
  private long rejected;

  /** Takes what became of a row. */
  @FunctionalInterface
  public interface Sink {

    /**
     * Called once per row, in order.
     *
     * @param i the row's index in the table
     * @param verdict its score, or why it has none
     */
    void accept(int i, RowVerdict verdict);
  }

  /** What became of a row. */
  public sealed interface RowVerdict {

    /**
     * It was scored.
     *
     * @param row its score and the parts of it
     * @param judgement what it means for its entity
     */
    record Scored(ScoredRow row, Judgement judgement) implements RowVerdict {}

    /** Too few rows lie behind it. */
    record WarmingUp() implements RowVerdict {}

    /** It cannot be scored. */
    record Rejected(RejectionReason reason) implements RowVerdict {}
  }

  /** What is remembered of an entity. */
  private final class Entity {
    private final EntityHistory history = frontEnd.newHistory();
    private AlarmState state = alarms.start();
  }

  /** A row before it is scored: it has its place in the history of its entity, or its verdict. */
  private sealed interface Examined {

    /**
     * @param afterGap whether it begins a new stretch
     * @param warm whether its window is whole
     */
    record Placed(Entity entity, boolean afterGap, boolean warm) implements Examined {}

    record Unfit(RejectionReason reason) implements Examined {}
  }

  /**
   * By the bundle's alarm rule and threshold, with the detector's default of what must be observed.
   *
   * @throws InvalidInputException if the table lacks a sensor of the model
   */
  public TableScorer(Scorer scorer, SensorTable table) {
    this(
        scorer,
        table,
        ObservedShare.DEFAULT,
        scorer.bundle().manifest().alarms(),
        scorer.bundle().manifest().threshold().score());
  }

  private TableScorer(
      Scorer scorer,
      SensorTable table,
      ObservedShare observedShare,
      Alarms alarms,
      double threshold) {
    this.scorer = scorer;
    this.table = table;
    this.observedShare = observedShare;
    this.alarms = alarms;
    this.threshold = threshold;
    this.frontEnd = scorer.bundle().frontEnd();
    List<String> names = frontEnd.transform().names();
    List<String> missing = names.stream().filter(name -> !table.sensors().contains(name)).toList();
    if (!missing.isEmpty()) {
      throw new InvalidInputException(
          "the data lacks %d of the model's %d sensors: %s; its columns are %s"
              .formatted(missing.size(), names.size(), missing, table.sensors()));
    }
    this.columns = table.columnsOf(names);
  }

  /** The same, rejecting rows of which less was observed than this. */
  public TableScorer withObservedShare(ObservedShare other) {
    return new TableScorer(scorer, table, other, alarms, threshold);
  }

  /**
   * The same scores told by another rule than the bundle's.
   *
   * @param threshold on the rule's statistic
   */
  public TableScorer withAlarms(Alarms other, double threshold) {
    return new TableScorer(scorer, table, observedShare, other, threshold);
  }

  /** Scores every row, in order. */
  public void forEach(Sink sink) {
    for (int from = 0; from < table.count(); from += CHUNK) {
      int to = Math.min(table.count(), from + CHUNK);
      Chunk chunk = new Chunk(to - from);
      for (int i = from; i < to; i++) {
        chunk.add(i);
      }
      int i = from;
      for (RowVerdict verdict : chunk.verdicts()) {
        count(verdict);
        sink.accept(i++, verdict);
      }
    }
  }

  private void count(RowVerdict verdict) {
    if (verdict instanceof RowVerdict.Scored scored) {
      anomalies += scored.judgement().anomalous() ? 1 : 0;
    } else if (verdict instanceof RowVerdict.WarmingUp) {
      warmingUp++;
    } else {
      rejected++;
    }
  }

  /** Rows that go through the networks together. */
  private final class Chunk {

    private final List<Examined> rows = new ArrayList<>();
    private final Rows x;
    private final Mask mask;
    private int whole;

    Chunk(int most) {
      this.x = Rows.zeros(most, frontEnd.features());
      this.mask = Mask.all(most, frontEnd.features());
    }

    void add(int i) {
      double[] values = table.row(i, columns);
      if (Arrays.stream(values).filter(value -> !Double.isNaN(value)).count()
          < observedShare.sensorsOf(columns.length)) {
        rows.add(new Examined.Unfit(RejectionReason.TOO_FEW_SENSORS));
        return;
      }
      Entity entity = entities.computeIfAbsent(table.entity(i), name -> new Entity());
      Step step = entity.history.add(table.timestamp(i), values);
      if (step == Step.OUT_OF_ORDER) {
        rows.add(new Examined.Unfit(RejectionReason.OUT_OF_ORDER));
        return;
      }
      boolean warm = entity.history.rows().isWarm();
      if (warm) {
        entity.history.rows().write(x, mask, whole++);
      }
      rows.add(new Examined.Placed(entity, step == Step.AFTER_GAP, warm));
    }

    List<RowVerdict> verdicts() {
      Iterator<ScoredRow> scored = scorer.score(x.rows(0, whole), mask.rows(0, whole)).iterator();
      List<RowVerdict> verdicts = new ArrayList<>(rows.size());
      for (Examined row : rows) {
        if (row instanceof Examined.Placed placed) {
          verdicts.add(verdict(placed, scored));
        } else if (row instanceof Examined.Unfit unfit) {
          verdicts.add(new RowVerdict.Rejected(unfit.reason()));
        }
      }
      return verdicts;
    }

    private RowVerdict verdict(Examined.Placed placed, Iterator<ScoredRow> scored) {
      Entity entity = placed.entity();
      if (placed.afterGap()) {
        entity.state = entity.state.afterGap();
      }
      if (!placed.warm()) {
        return new RowVerdict.WarmingUp();
      }
      ScoredRow row = scored.next();
      Judgement judgement = alarms.judge(entity.state, row.score(), threshold);
      entity.state = judgement.state();
      return row.scorable()
          ? new RowVerdict.Scored(row, judgement)
          : new RowVerdict.Rejected(RejectionReason.UNSCORABLE);
    }
  }

  /** Sensors of the table that the model does not have. */
  List<String> unused() {
    return table.sensors().stream()
        .filter(sensor -> !frontEnd.transform().names().contains(sensor))
        .toList();
  }

  /** Rows that are anomalies so far. */
  long anomalies() {
    return anomalies;
  }

  /** Rows with too few rows behind them so far. */
  long warmingUp() {
    return warmingUp;
  }

  /** Rows that could not be scored so far. */
  long rejected() {
    return rejected;
  }
}
