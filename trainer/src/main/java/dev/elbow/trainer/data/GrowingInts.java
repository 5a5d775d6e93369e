package dev.elbow.trainer.data;

import java.util.ArrayList;
import java.util.List;

/** Ints, added one after the other and never copied. */
final class GrowingInts {

  private static final int CHUNK = 1 << 13;

  private final List<int[]> chunks = new ArrayList<>();
  private int count;

  void add(int value) {
    if (count % CHUNK == 0) {
      chunks.add(new int[CHUNK]);
    }
    chunks.get(count / CHUNK)[count % CHUNK] = value;
    count++;
  }

  int get(int index) {
    return chunks.get(index / CHUNK)[index % CHUNK];
  }

  int count() {
    return count;
  }
}
