package dev.elbow.bundle;

import dev.elbow.alarm.Alarms;
import dev.elbow.row.FrontEnd;
import dev.elbow.row.RowTransform;
import dev.elbow.row.SensorScaling;
import dev.elbow.score.Draws;
import dev.elbow.score.Rows;
import dev.elbow.score.Squash;
import dev.elbow.score.Whitening;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What {@code manifest.json} says: all that the score needs beside the networks, and where the
 * bundle came from.
 *
 * @param sensors D of them, in the order of the model's columns, names distinct
 * @param squash what keeps far values finite
 * @param window which of an entity's rows a model row is made of
 * @param latents width K of the latent space
 * @param draws ε_1..ε_S, S rows of K finite numbers; S at least 1
 * @param members one entry per autoencoder, 1 to {@link #MAX_MEMBERS}; the score is their mean
 * @param mixture what else has a say in the score
 * @param entities the entities seen in training, sorted; empty if the data named none
 * @param threshold above which a row is an alarm
 * @param alarms how alarms are told from an entity's scores
 * @param network the shape the two networks have
 * @param lineage where the bundle came from
 */
public record Manifest(
    List<SensorScaling> sensors,
    Squash squash,
    WindowEntry window,
    int latents,
    List<List<Double>> draws,
    List<MemberEntry> members,
    MixtureEntry mixture,
    List<String> entities,
    Threshold threshold,
    Alarms alarms,
    Network network,
    Lineage lineage) {

  /** What the file calls itself. */
  static final String FORMAT = "elbow-bundle";

  /** The version of the format that this code reads and writes. */
  static final int FORMAT_VERSION = 4;

  /** A mean of more scores hardly changes; each costs two networks. */
  public static final int MAX_MEMBERS = 16;

  /**
   * @throws IllegalArgumentException if a part does not fit the others
   */
  public Manifest {
    sensors = List.copyOf(sensors);
    draws = draws.stream().map(List::copyOf).toList();
    members = List.copyOf(members);
    entities = List.copyOf(entities);
    Rule.check(!sensors.isEmpty(), "sensors: expected at least one, found none");
    var names = sensors.stream().map(SensorScaling::name).toList();
    Rule.check(names.stream().noneMatch(String::isBlank), "sensors: a name is blank");
    Rule.check(
        new HashSet<>(names).size() == names.size(), "sensors: a name occurs twice in " + names);
    Rule.check(latents >= 1, "latents: expected at least 1, found " + latents);
    Rule.check(!draws.isEmpty(), "draws: expected at least one, found none");
    for (List<Double> eps : draws) {
      Rule.check(
          eps.size() == latents,
          "draws: a draw has %d numbers, latents is %d".formatted(eps.size(), latents));
      Rule.finite("draws", eps);
    }
    Rule.check(
        !members.isEmpty() && members.size() <= MAX_MEMBERS,
        "members: expected 1 to %d, found %d".formatted(MAX_MEMBERS, members.size()));
    if (mixture instanceof MixtureEntry.Exemplars exemplars) {
      Rule.check(
          window.toWindow().isSingleRow() && exemplars.knots().size() == sensors.size(),
          "mixture: expected single rows and knots for each of %d sensors, found blocks %s and knots for %d"
              .formatted(sensors.size(), window.blocks(), exemplars.knots().size()));
    }
    Rule.check(
        entities.equals(entities.stream().sorted().distinct().toList()),
        "entities: expected sorted and distinct names");
  }

  /**
   * From an entity's rows to model rows.
   *
   * @throws IllegalArgumentException if the whitening does not fit the window
   */
  FrontEnd frontEnd(Optional<Whitening> whitening) {
    return new FrontEnd(
        new RowTransform(sensors, squash), window.toWindow(), window.toContinuity(), whitening);
  }

  /** Width F of a model row: the sensors of every block of the window. */
  int features() {
    return window.toWindow().features(sensors.size());
  }

  /**
   * The watched score above which a row is an ALARM, for an entity that stands as the held-out rows
   * did, in nats.
   */
  public double thresholdInNats() {
    return alarms.thresholdInNats(threshold.score());
  }

  /** The draws as the score takes them. */
  Draws toDraws() {
    Rows eps = Rows.zeros(draws.size(), latents);
    for (int s = 0; s < draws.size(); s++) {
      for (int k = 0; k < latents; k++) {
        eps.set(s, k, draws.get(s).get(k));
      }
    }
    return new Draws(eps);
  }

  /** The draws as the manifest holds them: S rows of K. */
  public static List<List<Double>> drawsOf(Draws draws) {
    Rows eps = draws.eps();
    return IntStream.range(0, eps.count())
        .mapToObj(s -> Arrays.stream(eps.row(s)).boxed().toList())
        .toList();
  }
}
