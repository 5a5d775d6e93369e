package dev.elbow.demo;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Locale;

/** How numbers are written for people: the same in every locale. */
final class Figures {

  private static final MathContext FOUR_DIGITS = new MathContext(4);

  private Figures() {}

  /** A reading to four significant digits, never in scientific notation within reason. */
  static String plain(double value) {
    BigDecimal rounded = new BigDecimal(value, FOUR_DIGITS);
    return rounded.abs().compareTo(BigDecimal.valueOf(1e9)) >= 0
        ? String.format(Locale.ROOT, "%.3e", value)
        : rounded.stripTrailingZeros().toPlainString();
  }

  /** A reading to as many decimals as the one it stands beside, within 1 to 4. */
  static String like(double value, double neighbour) {
    int decimals = new BigDecimal(plain(neighbour)).scale();
    return String.format(Locale.ROOT, "%." + Math.max(1, Math.min(4, decimals)) + "f", value);
  }

  /** A score, in nats. */
  static String nats(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A share as per cent with two decimals. */
  static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
  }

  /** Like {@code 1 h 40 min}, {@code 12 min} or {@code 30 s}. */
  static String span(Duration time) {
    if (time.toHours() > 0) {
      return "%d h %02d min".formatted(time.toHours(), time.toMinutesPart());
    }
    return time.toMinutes() > 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
  }

  static String shorten(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length - 2) + "..";
  }
}
