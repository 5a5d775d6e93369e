package dev.elbow.benchmarks.reliability;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.elbow.bundle.Lineage;
import dev.elbow.trainer.data.SensorTable;
import dev.elbow.trainer.data.SensorTableBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Records of a small plant, the same for the same seed: eight machines with four sensors that
 * follow one slow load each; a row in forty is far off, and a row in forty cannot be read, in three
 * ways.
 */
final class KnownInput {

  static final int PARTITIONS = 4;

  private static final int ENTITIES = 8;
  private static final List<String> SENSORS = List.of("pressure", "flow", "heat", "noise");
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final int ODD = 40;
  private static final double MEMORY = 0.9;
  private static final double NOISE = 0.1;
  private static final double FAR = 8;

  private final Random random;
  private final double[] load = new double[ENTITIES];
  private long next;
  private volatile Duration ahead = Duration.ZERO;

  KnownInput(long seed) {
    random = new Random(seed);
  }

  /** A table of normal rows to train on. */
  SensorTable table(int rows) {
    SensorTableBuilder table = SensorTable.of(SENSORS);
    for (int i = 0; i < rows; i++, next++) {
      table.add(row()).at(timestamp()).of(entity());
    }
    return table.build(new Lineage.Generated("known input of the reliability benchmark"));
  }

  /** The next record, for this topic. Every machine keeps to its partition. */
  ProducerRecord<byte[], byte[]> next(String topic) {
    double[] row = row();
    int kind = random.nextInt(ODD);
    if (kind == 0) {
      row[random.nextInt(row.length)] += FAR;
    }
    byte[] value = (kind == 1 ? unreadable(row) : json(row)).getBytes(UTF_8);
    int partition = machine() % PARTITIONS;
    byte[] key = entity().getBytes(UTF_8);
    next++;
    return new ProducerRecord<>(topic, partition, key, value);
  }

  /** From now on timestamps are so far ahead of what they would be. */
  void shiftTimestamps(Duration by) {
    ahead = by;
  }

  private double[] row() {
    int machine = machine();
    load[machine] = MEMORY * load[machine] + Math.sqrt(1 - MEMORY * MEMORY) * random.nextGaussian();
    double[] row = new double[SENSORS.size()];
    for (int d = 0; d < row.length; d++) {
      row[d] = (d % 2 == 0 ? 1 : -1) * load[machine] + NOISE * random.nextGaussian();
    }
    return row;
  }

  private String unreadable(double[] row) {
    String json = json(row);
    return switch (random.nextInt(3)) {
      case 0 -> json.substring(0, json.length() / 2);
      case 1 -> json.replace("\"flow\":", "\"flow\":\"high\",\"x\":");
      default -> "{\"timestamp\":\"" + timestamp() + "\",\"values\":{\"pressure\":1}}";
    };
  }

  private String json(double[] row) {
    return String.format(
        Locale.ROOT,
        "{\"timestamp\":\"%s\",\"values\":{\"pressure\":%.4f,\"flow\":%.4f,\"heat\":%.4f,\"noise\":%.4f}}",
        timestamp(),
        row[0],
        row[1],
        row[2],
        row[3]);
  }

  private int machine() {
    return (int) (next % ENTITIES);
  }

  private String entity() {
    return "machine-" + machine();
  }

  /** A second from row to row of a machine. */
  private Instant timestamp() {
    return START.plusSeconds(next / ENTITIES).plus(ahead);
  }
}
