package dev.elbow.benchmarks.fuzz;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/** What can be wrong with a value in JSON, and what is right but seldom seen. */
final class JsonMutations {

  private static final List<String> NUMBERS =
      List.of(
          "1e308",
          "-1.7976931348623157e308",
          "1e309",
          "-1e99999",
          "1e-400",
          "5e-324",
          "-0.0",
          "0e99999999999",
          "1e2147483648",
          "1e-2147483649",
          "1e1000000000000000000000",
          "1E+5",
          "9007199254740993",
          "9".repeat(400),
          "9".repeat(1001),
          "0." + "0".repeat(400) + "1",
          "1." + "3".repeat(2000),
          "00012",
          "1.",
          ".5",
          "+1",
          "-",
          "0x10",
          "1_000",
          "1e",
          "1e+",
          "NaN",
          "Infinity",
          "-Infinity",
          "-INF",
          "1e400",
          "123456789012345678901234567890");

  private static final List<String> WRONG =
      List.of(
          "\"12\"",
          "\"\"",
          "true",
          "false",
          "[]",
          "{}",
          "[1]",
          "{\"v\":1}",
          "[[[]]]",
          "nul",
          "'1'");

  private static final List<String> TIMES =
      List.of(
          "null",
          "true",
          "[]",
          "{}",
          "\"\"",
          "\" \"",
          "\"yesterday\"",
          "-1",
          "-1e9",
          "1e300",
          "\"1e300\"",
          "\"-\"",
          "\"1e\"",
          "\"..\"",
          "NaN",
          "-62167219201",
          "253402300800",
          "1e-300",
          "9223372036854775807",
          "-9223372036854775808",
          "\"2026-02-30T00:00:00Z\"",
          "\"2026-01-01T25:00:00Z\"",
          "\"2026-01-01T00:00:60Z\"",
          "\"0000-01-01\"",
          "\"9999-12-31T23:59:59.999999999Z\"",
          "\"+1000000000-12-31T23:59:59Z\"",
          "\"-999999999-01-01T00:00:00Z\"",
          "\"+999999999-12-31T23:59:59-18:00\"",
          "\"2026-01-01T00:00:00+19:00\"",
          "\"2026-01-01T00:00:00+01:00[Europe/Atlantis]\"",
          "\"2026-01-01T00:00:00\\u0000\"",
          "\"２０２６-01-01T00:00:00Z\"",
          "\"1970-01-01T00:00:00Z\"",
          "\"" + "1".repeat(5000) + "\"");

  private static final List<String> ENTITIES =
      List.of(
          "\"\"",
          "null",
          "17",
          "true",
          "{}",
          "[\"odd\"]",
          "\"\\ud800\"",
          "\"\\udc00\\ud800\"",
          "\"odd\\u0000\"",
          "\"\\n\"",
          "\"" + "e".repeat(256) + "\"",
          "\"" + "e".repeat(257) + "\"",
          "\"\\ud83d\\ude00\"",
          "\"odd");

  /** Overlong, a surrogate, beyond Unicode, a byte that never is, and one that lacks its rest. */
  private static final List<byte[]> NOT_UTF8 =
      List.of(
          new byte[] {(byte) 0xC0, (byte) 0xAF},
          new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
          new byte[] {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
          new byte[] {(byte) 0xFF},
          new byte[] {(byte) 0xE2, (byte) 0x82});

  private final JsonText text;

  /**
   * @param text writes sound records
   */
  JsonMutations(JsonText text) {
    this.text = text;
  }

  List<Mutation> all() {
    return List.of(
        sensor("odd numbers", NUMBERS),
        sensor("wrong types", WRONG),
        Mutation.often("extreme row", this::extremeRow),
        field("odd timestamps", time -> "\"timestamp\":" + time, TIMES),
        Mutation.often("odd entities", this::entity),
        Mutation.often("fields twice", this::twice),
        Mutation.often("wrong shape", this::wrongShape),
        Mutation.often("few sensors", this::fewSensors),
        Mutation.often("unknown sensors", this::unknownSensors),
        Mutation.often("seldom but sound", this::seldom),
        Mutation.often("no UTF-8", JsonMutations::notUtf8),
        Mutation.often("another encoding", JsonMutations::anotherEncoding),
        Mutation.often("nested deep", this::deep),
        Mutation.rarely("thousands of sensors", this::thousandsOfSensors));
  }

  private Mutation sensor(String name, List<String> values) {
    return Mutation.often(
        name,
        (draft, random) -> {
          List<String> sensors = text.sensors(draft.row);
          for (int count = 1 + random.nextInt(3); count > 0; count--) {
            int d = random.nextInt(sensors.size());
            sensors.set(d, text.sensor(d, Mutation.pick(values, random)));
          }
          write(draft, text.document(text.timestamp(draft.observed), sensors));
        });
  }

  private Mutation field(String name, Function<String, String> field, List<String> values) {
    return Mutation.often(
        name,
        (draft, random) ->
            write(
                draft,
                text.document(
                    field.apply(Mutation.pick(values, random)), text.sensors(draft.row))));
  }

  private void extremeRow(Draft draft, SplittableRandom random) {
    List<String> sensors = text.sensors(draft.row);
    double size = Math.pow(10, random.nextDouble(-320, 308.25));
    for (int d = 0; d < sensors.size(); d++) {
      sensors.set(d, text.sensor(d, Double.toString(random.nextBoolean() ? size : -size)));
    }
    write(draft, text.document(text.timestamp(draft.observed), sensors));
  }

  private void entity(Draft draft, SplittableRandom random) {
    draft.key = random.nextInt(4) == 0 ? draft.key : null;
    String entity = "\"entity\":" + Mutation.pick(ENTITIES, random);
    write(draft, text.document(entity, text.sensors(draft.row)));
  }

  private void twice(Draft draft, SplittableRandom random) {
    List<String> sensors = text.sensors(draft.row);
    String time = text.timestamp(draft.observed);
    switch (random.nextInt(4)) {
      case 0 -> sensors.add(sensors.get(random.nextInt(sensors.size())));
      case 1 -> sensors.add(sensors.get(0).replaceFirst("s", "\\\\u0073"));
      case 2 -> time = time + "," + time;
      default -> time = text.values(sensors) + "," + time;
    }
    write(draft, text.document(time, sensors));
  }

  private void wrongShape(Draft draft, SplittableRandom random) {
    String time = text.timestamp(draft.observed);
    write(
        draft,
        switch (random.nextInt(9)) {
          case 0 -> "[" + text.document(time, text.sensors(draft.row)) + "]";
          case 1 -> "{" + time + ",\"values\":null}";
          case 2 -> "{" + time + ",\"values\":[1,2,3]}";
          case 3 -> "{" + time + ",\"values\":{" + text.values(text.sensors(draft.row)) + "}}";
          case 4 -> "{}";
          case 5 -> "null";
          case 6 -> "\"" + "a".repeat(random.nextInt(3000)) + "\"";
          case 7 -> "{\"\":1}";
          default -> text.document(time, text.sensors(draft.row)) + " //";
        });
  }

  private void fewSensors(Draft draft, SplittableRandom random) {
    List<String> sensors = text.sensors(draft.row);
    sensors.subList(random.nextInt(sensors.size()), sensors.size()).clear();
    sensors.replaceAll(sensor -> random.nextInt(4) == 0 ? text.without(sensor) : sensor);
    write(draft, text.document(text.timestamp(draft.observed), sensors));
  }

  private void unknownSensors(Draft draft, SplittableRandom random) {
    List<String> sensors = text.sensors(draft.row);
    for (int count = 1 + random.nextInt(30); count > 0; count--) {
      String name = Long.toString(random.nextLong(), Character.MAX_RADIX);
      String odd =
          Mutation.pick(List.of("", "\\ud800", "\\u0000", "\\n", "é", "x".repeat(2000)), random);
      sensors.add(random.nextInt(sensors.size() + 1), "\"" + name + odd + "\":1");
    }
    write(draft, text.document(text.timestamp(draft.observed), sensors));
  }

  private void thousandsOfSensors(Draft draft, SplittableRandom random) {
    List<String> sensors = text.sensors(draft.row);
    for (int count = 1 + random.nextInt(4000); count > 0; count--) {
      sensors.add("\"" + Long.toString(random.nextLong(), Character.MAX_RADIX) + "\":1");
    }
    write(draft, text.document(text.timestamp(draft.observed), sensors));
  }

  /** Sound, though nobody writes like that. */
  private void seldom(Draft draft, SplittableRandom random) {
    List<String> sensors = text.sensors(draft.row);
    String time = text.timestamp(draft.observed);
    write(
        draft,
        switch (random.nextInt(5)) {
          case 0 -> "{" + time + "," + String.join(",", sensors) + "}";
          case 1 -> "{" + text.values(sensors) + "," + time + "}";
          case 2 -> text.document(time, sensors).replace(",", " ,\r\n\t ");
          case 3 -> text.document(time, sensors).replace("sensor", "\\u0073ensor");
          default -> text.document(time + ",\"label\":{\"a\":[1,{\"b\":null}]}", sensors);
        });
  }

  private static void notUtf8(Draft draft, SplittableRandom random) {
    int at = random.nextInt(draft.bytes().length + 1);
    draft.replace(at, at, Mutation.pick(NOT_UTF8, random));
  }

  private static void anotherEncoding(Draft draft, SplittableRandom random) {
    String sound = new String(draft.bytes(), UTF_8);
    draft.value =
        switch (random.nextInt(3)) {
          case 0 -> sound.getBytes(UTF_16);
          case 1 -> sound.getBytes(UTF_16LE);
          default -> ("\uFEFF" + sound).getBytes(UTF_8);
        };
  }

  private void deep(Draft draft, SplittableRandom random) {
    int levels = random.nextBoolean() ? 28 + random.nextInt(8) : random.nextInt(10_000);
    String open = random.nextBoolean() ? "[" : "{\"a\":";
    String close = open.equals("[") ? "]" : "}";
    String nest = open.repeat(levels) + "1" + (random.nextInt(4) == 0 ? "" : close.repeat(levels));
    List<String> sensors = text.sensors(draft.row);
    String time = text.timestamp(draft.observed);
    write(
        draft,
        switch (random.nextInt(4)) {
          case 0 -> nest;
          case 1 -> text.document(time + ",\"label\":" + nest, sensors);
          case 2 -> text.document("\"timestamp\":" + nest, sensors);
          default -> {
            sensors.set(0, text.sensor(0, nest));
            yield text.document(time, sensors);
          }
        });
  }

  private static void write(Draft draft, String json) {
    draft.value = json.getBytes(UTF_8);
  }
}
