package dev.elbow.detector.metrics;

import java.util.List;

/**
 * How the detector is.
 *
 * @param live whether it can still recover by itself; if not, it should be restarted
 * @param notReady why records are not being scored, for a person; empty if they are
 */
public record Health(boolean live, List<String> notReady) {

  /** Copies the list. */
  public Health {
    notReady = List.copyOf(notReady);
  }

  /** Whether records are being scored. */
  public boolean ready() {
    return live && notReady.isEmpty();
  }
}
