package dev.elbow.trainer.data;

import java.util.ArrayList;
import java.util.List;

/** Longs, added one after the other and never copied. */
final class GrowingLongs {

  private static final int CHUNK = 1 << 13;

  private final List<long[]> chunks = new ArrayList<>();
  private int count;

  void add(long value) {
    if (count % CHUNK == 0) {
      chunks.add(new long[CHUNK]);
    }
    chunks.get(count / CHUNK)[count % CHUNK] = value;
    count++;
  }

  long get(int index) {
    return chunks.get(index / CHUNK)[index % CHUNK];
  }

  int count() {
    return count;
  }
}
