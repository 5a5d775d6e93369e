package dev.elbow.detector.entity;

import dev.elbow.alarm.AlarmState;
import dev.elbow.alarm.Judgement;
import dev.elbow.alarm.Runs;
import dev.elbow.row.Continuity.Step;
import dev.elbow.row.RowHistory;
import dev.elbow.score.Mask;
import dev.elbow.score.Rows;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * One entity under one model: its history in memory, all that must last in the stores.
 *
 * <p>Rows are placed in the order of their records, and settled in the same order once their scores
 * are known. Several may be placed before the first of them is settled.
 *
 * <p><b>Repeats.</b> Where results are delivered at least once, a record may come again after a
 * crash. Its offset tells: it is not beyond the last one dealt with. The entity is then set back to
 * where it stood before that record, which the kept rows say, and everything from there on is done
 * again, with the same outcome. An acknowledgement goes into the newest kept row, too: whatever
 * comes again has come after it, or it comes again itself. Where the row before it is no longer
 * kept, as when somebody has set the group's offsets far back, the entity starts over.
 */
final class Entity {

  /** Objects and references around the arrays; an estimate. */
  private static final int OBJECTS_BYTES = 1024;

  private final String name;
  private final EntityModel model;
  private final EntityStores stores;
  private final Tally tally;

  /** Whether any sensor can be stuck at all. */
  private final boolean canBeStuck;

  /** How many rows are kept. */
  private final int places;

  /** As another model has left it until the first row of this one is placed. */
  private EntityState state;

  /** Whether the state is this model's. */
  private boolean takenOver;

  /** Sensors that are stuck in these have been told of. */
  private Runs toldOf;

  private RowHistory history;

  /** Whether it is to be saved when all rows of the batch are settled. */
  private boolean unsaved;

  /** Whether nothing of it is to be kept any more. */
  private boolean forgotten;

  /**
   * @param places how many rows are kept if the model looks back; as many as it looks back on, if
   *     that is more
   * @param tally told whether it is shifted
   */
  Entity(String name, EntityModel model, EntityStores stores, int places, Tally tally) {
    this.name = name;
    this.model = model;
    this.stores = stores;
    this.tally = tally;
    this.canBeStuck = model.flatLine().longestRuns().stream().anyMatch(rows -> rows > 0);
    this.places = model.looksBack() ? Math.max(places, model.rows()) : 0;
    this.state = stores.state(name).orElse(EntityState.NONE);
    this.toldOf = Runs.none(model.sensors());
    this.history = historyOf(List.of());
  }

  /** A row out of order changes no model: it is no row of the entity's. */
  private void takeOver() {
    if (!takenOver) {
      boolean sameModel = state.level().model() == model.mark();
      state = adapted(state, places);
      toldOf = sameModel ? state.runs() : Runs.none(state.runs().sensors());
      history = rebuilt();
      takenOver = true;
    }
  }

  /** How many of its sensors are stuck. */
  int stuck() {
    return canBeStuck ? model.flatLine().stuck(state.runs()) : 0;
  }

  /** The model it is under. */
  EntityModel model() {
    return model;
  }

  /**
   * Takes the next row into the history.
   *
   * @param offset of its record
   * @param observed when
   * @param values D, engineering units in the order of the model's sensors, NaN = missing; kept,
   *     not to be modified from now on
   * @return the row; empty if it is out of order
   */
  Optional<PlacedRow> place(long offset, Instant observed, double[] values) {
    boolean repeat = state.series().isPast(offset);
    if (!model.looksBack()) {
      takeOver();
      return Optional.of(placed(offset, observed, values, !repeat));
    }
    if (repeat) {
      setBackBefore(offset);
    }
    Series series = state.series();
    Step step =
        series.isEmpty()
            ? Step.FOLLOWS
            : model
                .frontEnd()
                .continuity()
                .step(series.newest(), series.outOfOrder().size(), observed);
    if (step == Step.OUT_OF_ORDER) {
      state = state.with(series.passing(offset));
      return Optional.empty();
    }
    takeOver();
    if (step == Step.AFTER_GAP) {
      state = state.with(state.series().broken());
      history.clear();
    }
    return Optional.of(placed(offset, observed, values, true));
  }

  private PlacedRow placed(long offset, Instant observed, double[] values, boolean lasting) {
    if (!isSingleRow()) {
      history.add(values);
    }
    List<Long> passed = state.series().outOfOrder();
    EntityState next =
        new EntityState(
            state.series().next(observed, offset), state.level(), state.runs().next(values));
    List<Integer> stuck = List.of();
    if (lasting) {
      stuck = canBeStuck ? model.flatLine().onsets(toldOf, next.runs()) : List.of();
      toldOf = next.runs();
      state = next;
    }
    int known = isSingleRow() ? 1 : history.count();
    return new PlacedRow(this, next, passed, values, known, stuck, lasting);
  }

  /** Then a row is its own window, and no history is needed to write it. */
  private boolean isSingleRow() {
    return model.frontEnd().window().isSingleRow();
  }

  /**
   * Goes on from a row that was placed.
   *
   * @param score in nats; not finite if the row has none
   */
  Judgement settle(PlacedRow row, double score) {
    EntityState placed = row.state();
    AlarmState before = state.level().alarms();
    Judgement judgement =
        model
            .alarms()
            .judge(
                placed.series().beginsStretch() ? before.afterGap() : before,
                score,
                model.threshold());
    if (row.lasting()) {
      Level level = state.level().with(judgement.state());
      state = state.with(level);
      if (!forgotten) {
        stores.put(name, new KeptRow(placed.with(level), row.passed(), row.values()));
        tally.shifted(name, level.alarms().isShifted());
      }
    }
    return judgement;
  }

  /**
   * It will change.
   *
   * @return whether it has to be saved for that, and was not to be before
   */
  boolean toBeSaved() {
    boolean news = !unsaved;
    unsaved = true;
    return news;
  }

  /** Keeps how it stands; all rows are settled. */
  void save() {
    if (!forgotten) {
      stores.put(name, state);
    }
    unsaved = false;
  }

  /** Keeps nothing from now on: the stores have forgotten it, and so it is with its last rows. */
  void forget() {
    forgotten = true;
  }

  /** Its present level is normal from now on; all rows are settled. */
  void acknowledge() {
    takeOver();
    state = state.with(state.level().with(state.level().alarms().acknowledged()));
    stores.putLevel(name, state);
  }

  /** Writes the row with its history; it must be the one placed last. */
  void write(PlacedRow row, Rows x, Mask mask, int i) {
    if (isSingleRow()) {
      model.frontEnd().transform().write(row.values(), x, mask, i);
      return;
    }
    if (row.state().series().rows() != state.series().rows()) {
      throw new IllegalStateException(name + ": another row has been placed since");
    }
    history.write(x, mask, i);
  }

  /** About what it takes of the heap, in bytes. */
  long bytes() {
    int sensors = model.sensors();
    long ring = (long) Double.BYTES * model.rows() * sensors;
    long sums = (long) (Long.BYTES + Integer.BYTES) * history.features();
    long runs = (long) (Double.BYTES + Integer.BYTES) * sensors;
    return OBJECTS_BYTES + 2L * name.length() + ring + sums + runs;
  }

  private void setBackBefore(long offset) {
    takeOver();
    state = adapted(before(offset), state.series().places());
    toldOf = state.runs();
    history = rebuilt();
  }

  /** How it stood before the record of that offset. */
  private EntityState before(long offset) {
    Series series = state.series();
    List<Long> passed = series.outOfOrder();
    Iterator<KeptRow> newestFirst = stores.newestFirstPastHoles(name, series).iterator();
    while (newestFirst.hasNext()) {
      KeptRow row = newestFirst.next();
      Series after = row.after().series();
      if (!after.isPast(offset)) {
        return row.after().with(after.before(offset, passed));
      }
      passed = row.passed();
    }
    return EntityState.NONE.with(series.forgotten());
  }

  /** What a state, perhaps of another model's time, is under this model. */
  private EntityState adapted(EntityState former, int places) {
    Series series = former.series();
    Runs runs = former.runs();
    if (series.places() != places) {
      series = stores.move(name, series, places);
    }
    if (series.layout() != model.layout() || runs.sensors() != model.sensors()) {
      series = series.of(model.layout());
      runs = Runs.none(model.sensors());
    }
    return new EntityState(series, former.level().under(model), runs);
  }

  private RowHistory rebuilt() {
    Series series = state.series();
    long first =
        Math.max(series.oldest(), series.rows() - Math.min(series.stretch(), model.rows()));
    Deque<double[]> oldestFirst = new ArrayDeque<>();
    stores.newestFirst(name, series, first).forEach(row -> oldestFirst.addFirst(row.values()));
    return historyOf(List.copyOf(oldestFirst));
  }

  private RowHistory historyOf(List<double[]> oldestFirst) {
    return RowHistory.of(model.frontEnd().transform(), model.frontEnd().window(), oldestFirst);
  }
}
