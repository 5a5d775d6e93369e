package dev.elbow.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;

/**
 * Names in UTF-8, each with a number and the column it has: found without making a string of what
 * the record holds. Records of one producer mostly name their sensors in one order, so the name
 * that followed last time is tried first.
 *
 * <p>Names that are met and not known are added, up to a bound, so that a sender who makes up names
 * fills neither the memory nor, by names of one hash, the time.
 */
final class SensorNames {

  /** No number: the name is not known. */
  static final int UNKNOWN = -1;

  /** What {@link #find} is told before the first name of an object. */
  static final int FIRST = -1;

  /** The names with a meaning at the top level have these numbers. */
  static final int TIMESTAMP = 0;

  static final int ENTITY = 1;
  static final int LABEL = 2;
  static final int VALUES = 3;

  private static final int MOST_BYTES = 4 << 20;

  /** How far from its hash a name that was made up may lie. */
  private static final int MOST_PROBES = 16;

  private final SensorColumns columns;
  private byte[][] names = new byte[64][];
  private int[] columnOf = new int[64];

  /** By number + 1: what came after it last. */
  private int[] following = new int[65];

  /** Number + 1 by hash, open addressing; 0 = empty. */
  private int[] table = new int[1 << 10];

  private int count;
  private int bytesHeld;

  /** How far from its hash any name lies: more than is usual only if they were given like that. */
  private int probes = MOST_PROBES;

  SensorNames(SensorColumns columns) {
    this.columns = columns;
    for (String name : List.of("timestamp", "entity", "label", "values")) {
      put(name.getBytes(UTF_8), name);
    }
    columns.names().forEach(this::numberOf);
  }

  private int put(byte[] bytes, String name) {
    makeRoom();
    names[count] = bytes;
    columnOf[count] = columns.columnOf(name);
    enter(count);
    return count++;
  }

  int count() {
    return count;
  }

  String text(int number) {
    return new String(names[number], UTF_8);
  }

  /** The column of a name, {@link SensorColumns#NONE} if it has none yet. */
  int column(int number) {
    return columnOf[number];
  }

  /** The column of a name that is observed, a new one if columns are added. */
  int take(int number) {
    if (columnOf[number] == SensorColumns.NONE && columns.grows()) {
      columnOf[number] = columns.take(text(number));
    }
    return columnOf[number];
  }

  /** The number of the name that came after this one, or at the beginning, last time. */
  int likely(int after) {
    return following[after + 1];
  }

  /** A name in UTF-8: shared, not a copy. */
  byte[] bytes(int number) {
    return names[number];
  }

  /**
   * The number of a name, or {@link #UNKNOWN}.
   *
   * @param after number of the name before it in the same object, or {@link #FIRST}
   */
  int find(byte[] text, int from, int to, int after) {
    int likely = following[after + 1];
    if (likely < count && Arrays.equals(names[likely], 0, names[likely].length, text, from, to)) {
      return likely;
    }
    int found = lookUp(text, from, to);
    if (found != UNKNOWN) {
      following[after + 1] = found;
    }
    return found;
  }

  /** The number of a name that is given; it has one from now on. */
  int numberOf(String name) {
    byte[] bytes = name.getBytes(UTF_8);
    int known = lookUp(bytes, 0, bytes.length);
    return known == UNKNOWN ? put(bytes, name) : known;
  }

  private int lookUp(byte[] text, int from, int to) {
    int hash = hash(text, from, to);
    for (int probe = 0; probe < probes; probe++) {
      int number = table[(hash + probe) & (table.length - 1)] - 1;
      if (number < 0) {
        return UNKNOWN;
      }
      if (Arrays.equals(names[number], 0, names[number].length, text, from, to)) {
        return number;
      }
    }
    return UNKNOWN;
  }

  /**
   * The number of a name in valid UTF-8 that is not known: it is from now on, unless there is no
   * room for it, which there always is where columns are added.
   */
  int add(byte[] text, int from, int to) {
    boolean isFree = freeProbe(hash(text, from, to)) < MOST_PROBES;
    boolean fits = bytesHeld + (to - from) <= MOST_BYTES;
    if (!columns.grows() && !(isFree && fits)) {
      return UNKNOWN;
    }
    bytesHeld += to - from;
    return put(Arrays.copyOfRange(text, from, to), new String(text, from, to - from, UTF_8));
  }

  /** At most a quarter of the table is taken. */
  private void makeRoom() {
    if (count == names.length) {
      names = Arrays.copyOf(names, 2 * count);
      columnOf = Arrays.copyOf(columnOf, 2 * count);
      following = Arrays.copyOf(following, 2 * count + 1);
    }
    if (4 * (count + 1) > table.length) {
      table = new int[2 * table.length];
      for (int number = 0; number < count; number++) {
        enter(number);
      }
    }
  }

  private void enter(int number) {
    int hash = hash(names[number], 0, names[number].length);
    int probe = freeProbe(hash);
    table[(hash + probe) & (table.length - 1)] = number + 1;
    probes = Math.max(probes, probe + 1);
  }

  private int freeProbe(int hash) {
    int probe = 0;
    while (table[(hash + probe) & (table.length - 1)] != 0) {
      probe++;
    }
    return probe;
  }

  private static int hash(byte[] text, int from, int to) {
    int hash = 1;
    for (int k = from; k < to; k++) {
      hash = 31 * hash + text[k];
    }
    return hash ^ (hash >>> 15);
  }
}
