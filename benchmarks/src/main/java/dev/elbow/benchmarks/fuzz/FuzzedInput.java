package dev.elbow.benchmarks.fuzz;

import dev.elbow.benchmarks.pipeline.Plant;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Records, the same for the same seed: half of them sound, the rest spoilt in one way, or in two to
 * four at once.
 *
 * <p>Sound records are those of machines of their own, which no other record names on purpose: so
 * each of them must be scored, whatever comes between them.
 */
final class FuzzedInput {

  static final String SOUND = "sound";
  static final String SEVERAL = "several at once";

  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  /** In a hundred sound records one is far off, so that there are anomalies. */
  private static final int FAR_OFF = 100;

  private static final double FAR = 60;

  /** Of the spoilt records one in so many is spoilt several times. */
  private static final int SPOILT_TWICE = 20;

  private final Plant plant;
  private final Function<Draft, byte[]> sound;
  private final List<Mutation> mutations;
  private final int weights;
  private final SplittableRandom random;
  private final int step;
  private long next;

  private FuzzedInput(
      Plant plant,
      Function<Draft, byte[]> sound,
      List<Mutation> mutations,
      SplittableRandom random,
      int step) {
    this.plant = plant;
    this.sound = sound;
    this.mutations = mutations;
    this.weights = mutations.stream().mapToInt(Mutation::weight).sum();
    this.random = random;
    this.step = step;
  }

  /**
   * Observations.
   *
   * @param plant whose machines come in turn, a second apart
   */
  static FuzzedInput observations(Plant plant, FuzzFormat format, long seed) {
    return new FuzzedInput(
        plant,
        format.sound(plant.sensorNames()),
        format.mutations(plant.sensorNames()),
        new SplittableRandom(seed),
        1);
  }

  /**
   * Acknowledgements of the shifts of the same machines, whether they are in one or not.
   *
   * @param step one for so many observations, by the time that they are of
   */
  static FuzzedInput acknowledgements(Plant plant, long seed, int step) {
    return new FuzzedInput(
        plant,
        AcknowledgementMutations::sound,
        AcknowledgementMutations.all(plant.sensorNames()),
        new SplittableRandom(~seed),
        step);
  }

  /**
   * One record.
   *
   * @param kind what was done to it
   * @param machine at least 0, whose turn it was
   */
  record Fuzzed(String kind, int machine, Draft draft) {}

  Fuzzed next() {
    int machine = (int) (next % plant.machines());
    Instant time = START.plusSeconds(next / plant.machines());
    next += step;
    boolean isSound = random.nextBoolean();
    double[] row = plant.read(random);
    if (isSound && random.nextInt(FAR_OFF) == 0) {
      row[random.nextInt(row.length)] += FAR;
    }
    Draft draft = new Draft((isSound ? "sound-" : "odd-") + machine, time, row);
    draft.value = sound.apply(draft);
    return new Fuzzed(isSound ? SOUND : spoil(draft), machine, draft);
  }

  private String spoil(Draft draft) {
    if (random.nextInt(SPOILT_TWICE) > 0) {
      Mutation mutation = any();
      mutation.edit().apply(draft, random);
      return mutation.name();
    }
    for (int count = 2 + random.nextInt(3); count > 0; count--) {
      any().edit().apply(draft, random);
    }
    return SEVERAL;
  }

  private Mutation any() {
    int at = random.nextInt(weights);
    for (Mutation mutation : mutations) {
      at -= mutation.weight();
      if (at < 0) {
        return mutation;
      }
    }
    throw new IllegalStateException("the weights do not add up to " + weights);
  }
}
