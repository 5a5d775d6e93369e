package dev.elbow.detector.packing;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is packed, and how much together. A consumer makes its interceptors itself, from their name,
 * so these settings reach the packer among the consumer's.
 *
 * @param records how many a frame holds at most, at least 1
 * @param bytes how many bytes of keys, values and headers a frame holds at most, unless a single
 *     record has more; at least 1
 * @param observations the topic that is packed
 * @param acknowledgements a topic that is read beside it, if one is
 */
public record PackingSettings(
    int records, int bytes, String observations, Optional<String> acknowledgements) {

  private static final String RECORDS = "elbow.packing.records";
  private static final String BYTES = "elbow.packing.bytes";
  private static final String OBSERVATIONS = "elbow.packing.observations";
  private static final String ACKNOWLEDGEMENTS = "elbow.packing.acknowledgements";

  /**
   * Whether there is anything for a packer to do. Where two topics are read there is also with
   * frames of one record: they are merged in the same order then, packed or not.
   */
  public boolean isNeeded() {
    return records > 1 || acknowledgements.isPresent();
  }

  /** As settings of a consumer. */
  public Map<String, String> toProperties() {
    Map<String, String> properties = new TreeMap<>();
    properties.put(RECORDS, Integer.toString(records));
    properties.put(BYTES, Integer.toString(bytes));
    properties.put(OBSERVATIONS, observations);
    acknowledgements.ifPresent(topic -> properties.put(ACKNOWLEDGEMENTS, topic));
    return properties;
  }

  /** From the settings of a consumer, which may hold others. */
  static PackingSettings ofProperties(Map<String, ?> properties) {
    return new PackingSettings(
        Integer.parseInt(String.valueOf(properties.get(RECORDS))),
        Integer.parseInt(String.valueOf(properties.get(BYTES))),
        String.valueOf(properties.get(OBSERVATIONS)),
        Optional.ofNullable(properties.get(ACKNOWLEDGEMENTS)).map(String::valueOf));
  }

  /** How the records of a topic are merged with others; empty if they are not packed. */
  Optional<MergeOrder> orderOf(String topic) {
    if (topic.equals(observations)) {
      return Optional.of(
          acknowledgements.isPresent() ? MergeOrder.FIRST_IN_TICK : MergeOrder.ALONE);
    }
    return acknowledgements.filter(topic::equals).map(other -> MergeOrder.LAST_IN_TICK);
  }
}
