package dev.elbow.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Makes up records that are observations or nearly so, the same for one seed. */
final class JsonDocuments {

  private static final String[] NAMES = {
    "flow",
    "pressure",
    "flow \\\"main\\\"",
    "kühl",
    "values",
    "timestamp",
    "entity",
    "label",
    "made-up",
    "a\\\\b",
    "",
    "fl\\u006fw"
  };
  private static final String[] ODD = {
    "null",
    "true",
    "\"x\"",
    "[1,2]",
    "{}",
    "{\"flow\":1}",
    "NaN",
    "-Infinity",
    "1e999",
    "\"\\n\"",
    "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
    "nul",
    "01",
    "1.e5",
    "--1"
  };
  private static final String[] TIMES = {
    "\"2026-11-22T03:00:00Z\"",
    "\"2026-11-22 03:00:00\"",
    "\"2026-02-29 03:00:00\"",
    "\"2024-02-29T23:59:60Z\"",
    "\"2026-11-31T03:00:00.123456789Z\"",
    "\"2026-11-22\"",
    "1772352930",
    "1772352930250",
    "1.77e9",
    "\"1772352930\"",
    "null",
    "\"soon\"",
    "1e300",
    "true",
    "\"2026-11-22T03:00:00.5\"",
    "\"2026-11-22T24:00:00Z\"",
    "\"2026-13-22T03:00:00Z\"",
    "\"2026-11-22T03:00:00+02:00\"",
    "\"0000-01-01T00:00:00Z\"",
    "\" 2026-11-22T03:00:00Z\""
  };
  private static final String[] BLANKS = {"", "", "", " ", "\n", "\t ", "\r\n"};

  private final SplittableRandom random;

  JsonDocuments(SplittableRandom random) {
    this.random = random;
  }

  byte[] next() {
    StringBuilder json = new StringBuilder();
    boolean nested = random.nextBoolean();
    json.append(blank()).append('{');
    int fields = random.nextInt(5);
    String separator = "";
    if (random.nextInt(3) > 0) {
      json.append("\"timestamp\":").append(TIMES[random.nextInt(TIMES.length)]);
      separator = ",";
    }
    if (nested) {
      json.append(separator).append(blank()).append("\"values\"").append(blank()).append(":{");
      sensors(json, "", 1 + random.nextInt(4));
      json.append('}');
      separator = ",";
    }
    sensors(json, separator, fields);
    json.append('}').append(blank());
    return spoilt(json.toString().getBytes(UTF_8));
  }

  private void sensors(StringBuilder json, String first, int count) {
    String separator = first;
    int name = random.nextInt(NAMES.length);
    for (int k = 0; k < count; k++) {
      json.append(separator).append(blank()).append('"').append(NAMES[name]).append("\":");
      json.append(random.nextInt(24) == 0 ? ODD[random.nextInt(ODD.length)] : number(random));
      json.append(blank());
      separator = ",";
      name = random.nextInt(8) == 0 ? random.nextInt(NAMES.length) : (name + 1) % NAMES.length;
    }
  }

  private String blank() {
    return BLANKS[random.nextInt(BLANKS.length)];
  }

  /** A number as JSON may have it, of any length and size. */
  static String number(SplittableRandom random) {
    return switch (random.nextInt(8)) {
      case 0 -> Integer.toString(random.nextInt());
      case 1 -> Long.toString(random.nextLong());
      case 2 -> Double.toString(random.nextDouble() - 0.5);
      case 3 -> finite(Double.longBitsToDouble(random.nextLong()));
      case 4 ->
          digits(random, 1 + random.nextInt(25)) + "." + digits(random, 1 + random.nextInt(25));
      case 5 -> digits(random, 1 + random.nextInt(19)) + "e" + (random.nextInt(80) - 40);
      case 6 -> "-0" + (random.nextBoolean() ? "" : ".0" + (random.nextBoolean() ? "" : "E+5"));
      default -> Long.toString(random.nextInt(100_000)) + "." + random.nextInt(1000);
    };
  }

  private static String finite(double value) {
    return Double.isFinite(value) ? Double.toString(value) : "0";
  }

  private static String digits(SplittableRandom random, int count) {
    StringBuilder digits = new StringBuilder();
    digits.append(count == 1 ? random.nextInt(10) : 1 + random.nextInt(9));
    for (int k = 1; k < count; k++) {
      digits.append(random.nextInt(10));
    }
    return digits.toString();
  }

  /** One in four is cut off or has bytes changed. */
  private byte[] spoilt(byte[] json) {
    if (random.nextInt(4) > 0) {
      return json;
    }
    if (random.nextBoolean()) {
      return Arrays.copyOf(json, random.nextInt(json.length));
    }
    json[random.nextInt(json.length)] = (byte) random.nextInt(256);
    return json;
  }
}
