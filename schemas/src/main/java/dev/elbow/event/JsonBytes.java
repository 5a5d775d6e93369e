package dev.elbow.event;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.core.io.NumberInput;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads the tokens of JSON where they lie, as far as they are of the usual kind. A token stands
 * where the last one ended; blanks before it are passed over.
 */
final class JsonBytes {

  /** It is not of the usual kind: valid or not is for others to say. */
  static final class Unusual extends Exception {

    private Unusual() {
      super(null, null, false, false);
    }
  }

  /** Every whole number of so many digits fits a long. */
  private static final int MOST_DIGITS = 18;

  /** Whole numbers up to here are doubles, exactly. */
  private static final long LARGEST_EXACT = 1L << 53;

  /** Powers of ten up to 10²² are doubles, exactly. */
  private static final double[] POWERS_OF_TEN = new double[23];

  static {
    double power = 1;
    for (int k = 0; k < POWERS_OF_TEN.length; k++, power *= 10) {
      POWERS_OF_TEN[k] = power;
    }
  }

  private static final int LARGEST_EXPONENT = 9999;

  private static final int LONGEST_NUMBER = 256;

  private byte[] bytes = new byte[0];
  private int at;
  private int textFrom;
  private int textTo;

  void set(byte[] document) {
    bytes = document;
    at = 0;
  }

  byte[] bytes() {
    return bytes;
  }

  void require(boolean usual) throws Unusual {
    if (!usual) {
      throw new Unusual();
    }
  }

  /** The byte that stands here; 0, which no token begins with, at the end. */
  private int here() {
    return at < bytes.length ? bytes[at] : 0;
  }

  /** The first byte of the next token. */
  private int token() {
    int next = here();
    while (next == ' ' || next == '\n' || next == '\r' || next == '\t') {
      at++;
      next = here();
    }
    return next;
  }

  void expect(char symbol) throws Unusual {
    require(token() == symbol);
    at++;
  }

  void expectEnd() throws Unusual {
    require(token() == 0 && at == bytes.length);
  }

  /** After the bracket that opens an object: whether it has an item; otherwise it is over. */
  boolean startsItem(char close) {
    boolean empty = token() == close;
    at += empty ? 1 : 0;
    return !empty;
  }

  /** After an item: whether there is another; otherwise the object is over. */
  boolean hasNextItem(char close) throws Unusual {
    int symbol = token();
    require(symbol == ',' || symbol == close);
    at++;
    return symbol == ',';
  }

  /** Takes the text in quotes that stands here if it is this one. */
  boolean takesText(byte[] expected) {
    if (token() != '"') {
      return false;
    }
    int from = at + 1;
    int to = from + expected.length;
    if (to < bytes.length
        && bytes[to] == '"'
        && Arrays.equals(bytes, from, to, expected, 0, expected.length)) {
      at = to + 1;
      return true;
    }
    return false;
  }

  /**
   * Takes a text in quotes without escapes.
   *
   * @param anyBytes whether it may have others than ASCII; they are not looked at
   */
  void text(boolean anyBytes) throws Unusual {
    expect('"');
    textFrom = at;
    int next = here();
    while (next != '"') {
      require((next >= ' ' || (next < 0 && anyBytes)) && next != '\\');
      at++;
      next = here();
    }
    textTo = at++;
  }

  int textFrom() {
    return textFrom;
  }

  int textTo() {
    return textTo;
  }

  static boolean isUtf8(byte[] bytes, int from, int to) {
    try {
      RecordText.decodeUtf8(bytes, from, to - from, RejectionReason.MALFORMED_JSON, "name");
      return true;
    } catch (Fault fault) {
      return false;
    }
  }

  /** Takes a scalar; it is the text of an entity, or empty if it is no text. */
  Optional<String> scalarText() throws Unusual {
    if (token() != '"') {
      require(takesNull());
      return Optional.empty();
    }
    text(false);
    int length = textTo - textFrom;
    require(length > 0 && length <= ObservationJson.MAX_ENTITY_LENGTH);
    return Optional.of(new String(bytes, textFrom, length, ISO_8859_1));
  }

  /** Takes a text that is a time; empty if it is none. */
  Optional<Instant> timestampText() throws Unusual {
    text(false);
    Optional<Instant> iso = Timestamps.ofIso(bytes, textFrom, textTo);
    return iso.isPresent()
        ? iso
        : Timestamps.parse(new String(bytes, textFrom, textTo - textFrom, ISO_8859_1));
  }

  void skipScalar() throws Unusual {
    int first = token();
    if (first == '"') {
      text(false);
    } else if (startsNumber()) {
      double unused = number();
    } else {
      require(takes("true") || takes("false") || takes("null"));
    }
  }

  boolean takesNull() {
    return takes("null");
  }

  private boolean takes(String word) {
    if (token() != word.charAt(0) || at + word.length() > bytes.length) {
      return false;
    }
    for (int k = 1; k < word.length(); k++) {
      if (bytes[at + k] != word.charAt(k)) {
        return false;
      }
    }
    at += word.length();
    return true;
  }

  boolean startsNumber() {
    int first = token();
    return first == '-' || isDigit(first);
  }

  private static boolean isDigit(int symbol) {
    return symbol >= '0' && symbol <= '9';
  }

  /**
   * Takes a number; rounded to the nearest double, as Jackson has it, and so infinite if it is
   * beyond. Source of the short way: W. D. Clinger, How to read floating point numbers accurately,
   * PLDI 1990: one operation on two exact doubles rounds once.
   */
  double number() throws Unusual {
    int from = at;
    boolean negative = here() == '-';
    at += negative ? 1 : 0;
    int first = at;
    long digits = 0;
    int next = here();
    for (; isDigit(next); next = here()) {
      digits = 10 * digits + (next - '0');
      at++;
    }
    int count = at - first;
    require(count == 1 || (count > 1 && bytes[first] != '0'));
    int power = 0;
    if (next == '.') {
      int point = ++at;
      for (next = here(); isDigit(next); next = here()) {
        digits = 10 * digits + (next - '0');
        at++;
      }
      power = point - at;
      require(power < 0);
      count -= power;
    } else if (next != 'e' && next != 'E') {
      double whole = (double) (negative ? -digits : digits); // a whole -0 is 0
      return count <= MOST_DIGITS ? whole : parse(from);
    }
    if (next == 'e' || next == 'E') {
      power += exponent();
    }
    boolean exact =
        count <= MOST_DIGITS && digits <= LARGEST_EXACT && Math.abs(power) < POWERS_OF_TEN.length;
    if (!exact) {
      return parse(from);
    }
    double exactly = (double) digits;
    double size = power < 0 ? exactly / POWERS_OF_TEN[-power] : exactly * POWERS_OF_TEN[power];
    return negative ? -size : size;
  }

  private int exponent() throws Unusual {
    at++;
    int sign = here();
    at += sign == '-' || sign == '+' ? 1 : 0;
    int exponent = 0;
    require(isDigit(here()));
    for (int next = here(); isDigit(next); next = here()) {
      exponent = Math.min(LARGEST_EXPONENT, 10 * exponent + (next - '0'));
      at++;
    }
    return sign == '-' ? -exponent : exponent;
  }

  private double parse(int from) throws Unusual {
    require(at - from <= LONGEST_NUMBER);
    return NumberInput.parseDouble(new String(bytes, from, at - from, ISO_8859_1), true);
  }
}
