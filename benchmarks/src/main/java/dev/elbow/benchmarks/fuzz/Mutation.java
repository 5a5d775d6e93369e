package dev.elbow.benchmarks.fuzz;

import java.util.List;
import java.util.SplittableRandom;

/**
 * One way to spoil a record, or to make it unusual.
 *
 * @param name for the table
 * @param weight how often it has its turn, among all of them; what makes large records has it
 *     rarely
 * @param edit does it
 */
record Mutation(String name, int weight, Edit edit) {

  /** How often most of them have their turn. */
  static final int OFTEN = 20;

  /** Changes a record. */
  @FunctionalInterface
  interface Edit {
    void apply(Draft draft, SplittableRandom random);
  }

  static Mutation often(String name, Edit edit) {
    return new Mutation(name, OFTEN, edit);
  }

  static Mutation rarely(String name, Edit edit) {
    return new Mutation(name, 1, edit);
  }

  /** Any of them. */
  static <T> T pick(List<T> some, SplittableRandom random) {
    return some.get(random.nextInt(some.size()));
  }

  static byte[] randomBytes(int length, SplittableRandom random) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
