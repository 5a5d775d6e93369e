package dev.elbow.event;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which column of a row each sensor has: those of a model, which are given, or those of an archive,
 * which are found as it is read.
 *
 * <p>It is not safe for use by several threads.
 */
public final class SensorColumns {

  /** No column. */
  public static final int NONE = -1;

  private final Map<String, Integer> columns = new HashMap<>();
  private final List<String> names = new ArrayList<>();
  private final boolean grows;

  private SensorColumns(List<String> names, boolean grows) {
    this.grows = grows;
    names.forEach(this::add);
    if (columns.size() != names.size()) {
      throw new IllegalArgumentException("sensors: expected distinct names, found " + names);
    }
  }

  /**
   * These sensors and no others.
   *
   * @param names in the order of the columns
   * @throws IllegalArgumentException if a name occurs twice
   */
  public static SensorColumns of(List<String> names) {
    return new SensorColumns(names, false);
  }

  /** None yet; each sensor that is observed takes the next column. */
  public static SensorColumns growing() {
    return new SensorColumns(List.of(), true);
  }

  private int add(String name) {
    names.add(name);
    columns.putIfAbsent(name, names.size() - 1);
    return names.size() - 1;
  }

  /** The sensor's column, counted from 0, or {@link #NONE}. */
  public int columnOf(String name) {
    return columns.getOrDefault(name, NONE);
  }

  /** The same for a sensor that is observed: if columns are added, it has one from now on. */
  int take(String name) {
    int column = columnOf(name);
    return column == NONE && grows ? add(name) : column;
  }

  boolean grows() {
    return grows;
  }

  /** How many columns there are. */
  public int count() {
    return names.size();
  }

  /** The sensors in the order of their columns. */
  public List<String> names() {
    return List.copyOf(names);
  }
}
