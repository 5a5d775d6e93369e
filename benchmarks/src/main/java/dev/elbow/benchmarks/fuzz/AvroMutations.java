package dev.elbow.benchmarks.fuzz;

import java.util.List;
import java.util.SplittableRandom;

/**
 * What can be wrong with a value in Avro, in the Confluent wire format, of a schema that has all a
 * schema of observations can have: {@link #SCHEMA}.
 */
final class AvroMutations {

  static final int SCHEMA_ID = 7;

  /** A label may be anything, for nobody looks at it: here a chain as long as one likes. */
  static final String SCHEMA =
      """
      {"type": "record", "name": "Machine", "fields": [
        {"name": "timestamp", "type": ["null",
          {"type": "long", "logicalType": "timestamp-micros"}, "double", "string"]},
        {"name": "entity", "type": ["null", "string"]},
        {"name": "label", "type": ["null",
          {"type": "record", "name": "Chain", "fields": [
            {"name": "nothing", "type": {"type": "array", "items": "null"}},
            {"name": "next", "type": ["null", "Chain"]}]}]},
        {"name": "values", "type": {"type": "map", "values":
          ["null", "double", "float", "long", "string"]}}]}
      """;

  private static final List<Long> LENGTHS =
      List.of(
          -1L,
          1L << 20,
          (long) Integer.MAX_VALUE,
          1L << 31,
          1L << 62,
          Long.MAX_VALUE,
          Long.MIN_VALUE,
          -2L,
          -Long.MAX_VALUE);

  private static final List<Double> DOUBLES =
      List.of(
          Double.NaN,
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY,
          Double.MAX_VALUE,
          -Double.MAX_VALUE,
          Double.MIN_VALUE,
          -0.0,
          1e300,
          -1e300);

  private static final List<Long> TIMES =
      List.of(
          0L,
          -1L,
          Long.MAX_VALUE,
          Long.MIN_VALUE,
          253_402_300_799_999_999L,
          253_402_300_800_000_000L,
          -62_167_219_200_000_001L);

  private final List<String> sensorNames;

  /**
   * @param sensorNames of the model, in its order
   */
  AvroMutations(List<String> sensorNames) {
    this.sensorNames = sensorNames;
  }

  List<Mutation> all() {
    return List.of(
        Mutation.often("unknown schema", this::unknownSchema),
        Mutation.often("wrong lengths", this::wrongLengths),
        Mutation.often("wrong branches", this::wrongBranches),
        Mutation.often("odd numbers", this::oddNumbers),
        Mutation.often("extreme row", this::extremeRow),
        Mutation.often("odd timestamps", this::oddTimes),
        Mutation.often("odd entities", this::oddEntities),
        Mutation.often("wrong types", (draft, random) -> oneSensor(draft, random, text("high"))),
        Mutation.often("sensors twice", this::twice),
        Mutation.often("few sensors", this::fewSensors),
        Mutation.often("nested deep", this::deep),
        Mutation.rarely("thousands of sensors", this::thousandsOfSensors));
  }

  /** A sound record. */
  byte[] sound(Draft draft) {
    return sensors(head(draft), draft).toBytes();
  }

  private static AvroBytes head(Draft draft) {
    return time(AvroBytes.framed(0, SCHEMA_ID), draft).number(0).number(0);
  }

  private static AvroBytes time(AvroBytes in, Draft draft) {
    return in.number(1).number(draft.observed.toEpochMilli() * 1000);
  }

  private AvroBytes sensors(AvroBytes in, Draft draft) {
    in.number(draft.row.length);
    for (int d = 0; d < draft.row.length; d++) {
      in.text(sensorNames.get(d)).number(1).float64(draft.row[d]);
    }
    return in.number(0);
  }

  private void unknownSchema(Draft draft, SplittableRandom random) {
    int magic = random.nextBoolean() ? 0 : random.nextInt(256);
    AvroBytes in = AvroBytes.framed(magic, random.nextBoolean() ? SCHEMA_ID + 1 : random.nextInt());
    draft.value = sensors(time(in, draft).number(0).number(0), draft).toBytes();
  }

  private void wrongLengths(Draft draft, SplittableRandom random) {
    long wrong = Mutation.pick(LENGTHS, random);
    AvroBytes in = AvroBytes.framed(0, SCHEMA_ID);
    switch (random.nextInt(5)) {
      case 0 -> in.number(3).number(wrong).raw(Mutation.randomBytes(20, random));
      case 1 -> sensors(time(in, draft).number(1).number(wrong).number(0), draft);
      case 2 -> time(in, draft).number(0).number(0).number(wrong).text("a").number(0).number(0);
      case 3 -> // a block of that many items that says how many bytes it has
          sensors(time(in, draft).number(0).number(1).number(wrong).number(0).number(0), draft);
      default -> time(in, draft).number(0).number(0).number(1).number(wrong).number(1).float64(1);
    }
    draft.value = in.toBytes();
  }

  private void wrongBranches(Draft draft, SplittableRandom random) {
    long wrong = random.nextBoolean() ? 5 + random.nextInt(10) : Mutation.pick(LENGTHS, random);
    AvroBytes in = AvroBytes.framed(0, SCHEMA_ID);
    switch (random.nextInt(3)) {
      case 0 -> sensors(in.number(wrong).number(0).number(0).number(0), draft);
      case 1 -> sensors(time(in, draft).number(wrong).number(0), draft);
      default -> time(in, draft).number(0).number(0).number(1).text("a").number(wrong).number(0);
    }
    draft.value = in.toBytes();
  }

  private void oddNumbers(Draft draft, SplittableRandom random) {
    AvroBytes number =
        switch (random.nextInt(4)) {
          case 0 -> new AvroBytes().number(1).float64(Mutation.pick(DOUBLES, random));
          case 1 -> new AvroBytes().number(2).raw(Mutation.randomBytes(Float.BYTES, random));
          case 2 -> new AvroBytes().number(3).number(random.nextLong());
          default -> // a number of more bytes than any
              new AvroBytes().number(3).raw(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1});
        };
    oneSensor(draft, random, number);
  }

  private static AvroBytes text(String text) {
    return new AvroBytes().number(4).text(text);
  }

  /** A sound record but for one sensor, which is this. */
  private void oneSensor(Draft draft, SplittableRandom random, AvroBytes value) {
    AvroBytes in = head(draft).number(draft.row.length);
    int odd = random.nextInt(draft.row.length);
    for (int d = 0; d < draft.row.length; d++) {
      in.text(sensorNames.get(d));
      if (d == odd) {
        in.raw(value.toBytes());
      } else {
        in.number(1).float64(draft.row[d]);
      }
    }
    draft.value = in.number(0).toBytes();
  }

  private void extremeRow(Draft draft, SplittableRandom random) {
    double size = Math.pow(10, random.nextDouble(-320, 308.25));
    AvroBytes in = head(draft).number(draft.row.length);
    for (String name : sensorNames) {
      in.text(name).number(1).float64(random.nextBoolean() ? size : -size);
    }
    draft.value = in.number(0).toBytes();
  }

  private void oddTimes(Draft draft, SplittableRandom random) {
    AvroBytes in = AvroBytes.framed(0, SCHEMA_ID);
    switch (random.nextInt(4)) {
      case 0 -> in.number(0);
      case 1 -> in.number(1).number(Mutation.pick(TIMES, random));
      case 2 -> in.number(2).float64(Mutation.pick(DOUBLES, random));
      default ->
          in.number(3).text(Mutation.pick(List.of("", "now", "1e300", "0000-00-00"), random));
    }
    draft.value = sensors(in.number(0).number(0), draft).toBytes();
  }

  private void oddEntities(Draft draft, SplittableRandom random) {
    draft.key = null;
    AvroBytes in = time(AvroBytes.framed(0, SCHEMA_ID), draft).number(1);
    switch (random.nextInt(3)) {
      case 0 -> in.number(0);
      case 1 -> in.number(2).raw(Mutation.randomBytes(2, random));
      default -> in.text("e".repeat(200 + random.nextInt(100)));
    }
    draft.value = sensors(in.number(0), draft).toBytes();
  }

  private void twice(Draft draft, SplittableRandom random) {
    AvroBytes in = head(draft);
    String name = random.nextBoolean() ? sensorNames.get(0) : "unknown";
    draft.value =
        sensors(in.number(2).text(name).number(1).float64(1).text(name).number(1).float64(2), draft)
            .toBytes();
  }

  private void fewSensors(Draft draft, SplittableRandom random) {
    int count = random.nextInt(draft.row.length);
    AvroBytes in = head(draft);
    if (count > 0) {
      in.number(count);
    }
    for (int d = 0; d < count; d++) {
      in.text(sensorNames.get(d)).number(0);
    }
    draft.value = in.number(0).toBytes();
  }

  private void deep(Draft draft, SplittableRandom random) {
    AvroBytes in = time(AvroBytes.framed(0, SCHEMA_ID), draft).number(0);
    int levels = random.nextBoolean() ? 10 + random.nextInt(10) : random.nextInt(20_000);
    for (int level = 0; level < levels; level++) {
      in.number(1).number(0);
    }
    draft.value = sensors(in.number(0), draft).toBytes();
  }

  private void thousandsOfSensors(Draft draft, SplittableRandom random) {
    int count = 1 + random.nextInt(4000);
    AvroBytes in = head(draft).number(count);
    for (int k = 0; k < count; k++) {
      in.text("unknown-" + random.nextInt()).number(0);
    }
    draft.value = sensors(in, draft).toBytes();
  }
}
