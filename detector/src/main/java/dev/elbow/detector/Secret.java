package dev.elbow.detector;

/**
 * A setting that nobody may see: its text form is hidden.
 *
 * @param text what was given
 */
record Secret(String text) {

  @Override
  public String toString() {
    return "[hidden]";
  }
}
