package dev.elbow.benchmarks.reliability;

import dev.elbow.event.Anomaly;
import dev.elbow.event.AnomalyEvent;
import dev.elbow.event.AnomalyEventJson;
import dev.elbow.event.Episode;
import dev.elbow.event.Episode.Status;
import dev.elbow.event.EpisodeJson;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Whether the episodes account for the anomalies: each anomaly belongs to exactly one, each episode
 * begins once and ends at most once, and one that has ended holds as many anomalies as it says.
 * Safe for use by several threads.
 */
final class EpisodeLedger {

  private final Map<String, List<Episode>> told = new HashMap<>();
  private final Map<String, Set<Place>> anomalies = new HashMap<>();

  /** Of an anomaly. What is read twice is one anomaly. */
  private record Place(long offset, String model) {}

  /** Takes a record of the topic of anomalies or of that of episodes. */
  synchronized void add(ConsumerRecord<byte[], byte[]> record, Topics topics) {
    if (record.topic().equals(topics.episodes())) {
      add(EpisodeJson.decode(record.value()));
    } else if (record.topic().equals(topics.anomalies())) {
      add(AnomalyEventJson.decode(record.value()));
    }
  }

  synchronized void add(Episode episode) {
    told.computeIfAbsent(episode.id(), id -> new ArrayList<>()).add(episode);
  }

  synchronized void add(AnomalyEvent event) {
    if (event instanceof Anomaly anomaly) {
      anomalies
          .computeIfAbsent(anomaly.entity(), entity -> new HashSet<>())
          .add(new Place(anomaly.source().offset(), anomaly.model()));
    }
  }

  /**
   * Goes through all episodes and anomalies.
   *
   * @return missing: anomalies in no episode, beginnings, and anomalies that an episode has more or
   *     fewer of than it says; duplicated: events told again, second beginnings and ends, and
   *     anomalies in a second episode
   */
  synchronized Ledger.Tally tally() {
    long missing = 0;
    long duplicated = 0;
    Map<String, List<Episode>> latest = latest();
    for (List<Episode> events : told.values()) {
      Set<Episode> different = new LinkedHashSet<>(events);
      duplicated += events.size() - different.size();
      long begun = count(different, Status.STARTED);
      missing += begun == 0 ? 1 : 0;
      duplicated += Math.max(0, begun - 1) + Math.max(0, count(different, Status.ENDED) - 1);
    }
    for (Map.Entry<String, Set<Place>> entity : anomalies.entrySet()) {
      List<Episode> episodes = latest.getOrDefault(entity.getKey(), List.of());
      for (Place anomaly : entity.getValue()) {
        long owners = episodes.stream().filter(episode -> holds(episode, anomaly)).count();
        missing += owners == 0 ? 1 : 0;
        duplicated += Math.max(0, owners - 1);
      }
    }
    return new Ledger.Tally(missing + miscounted(latest.values()), duplicated);
  }

  /** Anomalies in no episode, episodes that never began and those that say otherwise. */
  synchronized List<String> missing() {
    List<String> missing = new ArrayList<>();
    told.values().stream()
        .filter(events -> events.stream().noneMatch(event -> event.status() == Status.STARTED))
        .forEach(events -> missing.add("the beginning of " + events.get(0)));
    Map<String, List<Episode>> latest = latest();
    anomalies.forEach(
        (entity, places) ->
            places.stream()
                .filter(
                    place ->
                        latest.getOrDefault(entity, List.of()).stream()
                            .noneMatch(episode -> holds(episode, place)))
                .forEach(place -> missing.add("an episode for " + place + " of " + entity)));
    latest.values().stream()
        .flatMap(List::stream)
        .filter(episode -> miscounted(List.of(List.of(episode))) != 0)
        .forEach(episode -> missing.add("anomalies as counted in " + episode));
    return missing;
  }

  /** By entity, how each of its episodes stood when it was last told of. */
  private Map<String, List<Episode>> latest() {
    return told.values().stream()
        .map(events -> newest(new LinkedHashSet<>(events)))
        .collect(Collectors.groupingBy(Episode::entity));
  }

  private long miscounted(Collection<List<Episode>> episodes) {
    return episodes.stream()
        .flatMap(List::stream)
        .filter(episode -> episode.status() == Status.ENDED)
        .mapToLong(
            episode ->
                Math.abs(
                    episode.anomalies()
                        - anomalies.getOrDefault(episode.entity(), Set.of()).stream()
                            .filter(anomaly -> holds(episode, anomaly))
                            .count()))
        .sum();
  }

  /** What it stood at when it was last told of. */
  private static Episode newest(Set<Episode> events) {
    TreeMap<Long, Episode> byRows = new TreeMap<>();
    for (Episode event : events) {
      byRows.merge(event.rows(), event, (a, b) -> b.status() == Status.ENDED ? b : a);
    }
    return byRows.lastEntry().getValue();
  }

  /** One that is open holds all that comes, and is not told of at each. */
  private static boolean holds(Episode episode, Place anomaly) {
    return episode.model().equals(anomaly.model())
        && anomaly.offset() >= episode.first().offset()
        && (episode.status() != Status.ENDED || anomaly.offset() <= episode.last().offset());
  }

  private static long count(Set<Episode> events, Status status) {
    return events.stream().filter(event -> event.status() == status).count();
  }
}
