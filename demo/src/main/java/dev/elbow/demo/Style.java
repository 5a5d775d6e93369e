package dev.elbow.demo;

/**
 * Emphasis on a terminal that shows it; nothing elsewhere.
 *
 * @param coloured whether to write ANSI escapes
 */
record Style(boolean coloured) {

  String bold(String text) {
    return escape("1", text);
  }

  String dim(String text) {
    return escape("2", text);
  }

  String good(String text) {
    return escape("32", text);
  }

  String bad(String text) {
    return escape("31", text);
  }

  private String escape(String code, String text) {
    return coloured ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
