package dev.elbow.trainer.report;

import java.util.Locale;

/** An inline SVG drawing in the making; colours come from the page's style by class. */
final class Svg {

  private final StringBuilder markup = new StringBuilder();

  Svg(int width, int height, String description) {
    add(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">",
        width, height, escape(description));
  }

  Svg line(String style, double x1, double y1, double x2, double y2) {
    return add(
        "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
        style, x1, y1, x2, y2);
  }

  /** A rectangle with a text that shows when pointed at. */
  Svg bar(String style, double x, double y, double width, double height, String hint) {
    return add(
        "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"><title>%s</title></rect>",
        style, x, y, width, height, escape(hint));
  }

  /** A shape given by its outline in the language of SVG paths. */
  Svg path(String style, CharSequence outline) {
    return add("<path class=\"%s\" d=\"%s\"/>", style, outline);
  }

  /** The same, with a text that shows when pointed at. */
  Svg path(String style, CharSequence outline, String hint) {
    return add(
        "<path class=\"%s\" d=\"%s\"><title>%s</title></path>", style, outline, escape(hint));
  }

  Svg ellipse(String style, double x, double y, double radiusX, double radiusY) {
    return add(
        "<ellipse class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" rx=\"%.1f\" ry=\"%.1f\"/>",
        style, x, y, radiusX, radiusY);
  }

  /** A line through points given as "x,y x,y". */
  Svg polyline(String style, String points) {
    return add("<polyline class=\"%s\" points=\"%s\"/>", style, points);
  }

  Svg text(String style, double x, double y, String text) {
    return add("<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>", style, x, y, escape(text));
  }

  /** Vertical grid lines and labels along the bottom. */
  Svg bottomAxis(Axis axis, double top, double bottom) {
    for (double tick : axis.ticks()) {
      line("grid", axis.pixel(tick), top, axis.pixel(tick), bottom);
      text("label middle", axis.pixel(tick), bottom + 17, axis.label(tick));
    }
    return this;
  }

  /** Horizontal grid lines and labels along the left. */
  Svg leftAxis(Axis axis, double left, double right) {
    for (double tick : axis.ticks()) {
      line("grid", left, axis.pixel(tick), right, axis.pixel(tick));
      text("label end", left - 6, axis.pixel(tick) + 4, axis.label(tick));
    }
    return this;
  }

  String close() {
    return markup + "</svg>";
  }

  private Svg add(String format, Object... values) {
    markup.append(String.format(Locale.ROOT, format, values)).append('\n');
    return this;
  }

  /** With separators. */
  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** Short and exact enough to read. */
  static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e7) {
      return count((long) value);
    }
    double size = Math.abs(value);
    if (size >= 1e6 || size < 1e-3) {
      return String.format(Locale.ROOT, "%.2e", value);
    }
    String digits =
        String.format(Locale.ROOT, size >= 100 ? "%.1f" : size >= 1 ? "%.2f" : "%.4f", value);
    return digits.replaceAll("0+$", "").replaceAll("\\.$", "");
  }

  /** The text, or its beginning where it is longer than so many characters. */
  static String shortened(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
