package dev.elbow.event;

import java.util.Arrays;

/**
 * Which names an object has had, so that one given twice is noticed; reused from one to the next.
 */
final class NamesSeen {

  /** By number of a name: the last object that had it. */
  private int[] lastIn = new int[64];

  private int object;

  /** Another object begins. */
  void begin() {
    object++;
    if (object == 0) { // after 2³² objects
      Arrays.fill(lastIn, 0);
      object = 1;
    }
  }

  /** Whether the object has not had this name yet; it has from now on. */
  boolean isNew(int name) {
    if (name >= lastIn.length) {
      lastIn = Arrays.copyOf(lastIn, 2 * name);
    }
    boolean isNew = lastIn[name] != object;
    lastIn[name] = object;
    return isNew;
  }
}
