package dev.elbow.score;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What has been worked out for sets of missing features. Which are missing hardly changes from row
 * to row: the answers for a few sets are kept, those used last.
 *
 * @param <T> what is worked out for a set
 */
final class Patterns<T extends Patterns.Sized> {

  /** Numbers kept, in all answers together: 32 MB. */
  private static final int KEPT_NUMBERS = 4 << 20;

  /** How much memory an answer takes. */
  interface Sized {

    /** How many numbers it holds. */
    long numbers();
  }

  private final Function<BitSet, T> workOut;
  private final Map<BitSet, T> known = new LinkedHashMap<>(16, 0.75f, true);
  private long kept;

  Patterns(Function<BitSet, T> workOut) {
    this.workOut = workOut;
  }

  /** The missing features of row {@code i}. */
  static BitSet missingIn(Mask mask, int i) {
    BitSet missing = new BitSet(mask.columns());
    for (int d = 0; d < mask.columns(); d++) {
      missing.set(d, !mask.observed(i, d));
    }
    return missing;
  }

  /** The answer for a set; it may be called from several threads. */
  synchronized T of(BitSet missing) {
    T answer = known.get(missing);
    if (answer != null) {
      return answer;
    }
    T fresh = workOut.apply(missing);
    known.put(missing, fresh);
    kept += fresh.numbers();
    var eldest = known.entrySet().iterator();
    while (kept > KEPT_NUMBERS && known.size() > 1) {
      kept -= eldest.next().getValue().numbers();
      eldest.remove();
    }
    return fresh;
  }
}
