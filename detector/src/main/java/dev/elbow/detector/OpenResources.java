package dev.elbow.detector;

import java.util.ArrayDeque;
import java.util.Deque;

/** What has been opened so far, closed in the reverse order. */
final class OpenResources implements AutoCloseable {

  private final Deque<Closing> open = new ArrayDeque<>();

  /** Closes one thing, without a checked exception. */
  @FunctionalInterface
  interface Closing {
    void close();
  }

  void add(Closing resource) {
    open.push(resource);
  }

  /** Hands all over to a new owner; closing this one does nothing then. */
  OpenResources handOver() {
    OpenResources successor = new OpenResources();
    successor.open.addAll(open);
    open.clear();
    return successor;
  }

  /** Closes all, the last opened first; what one throws does not keep the others open. */
  @Override
  public void close() {
    if (open.isEmpty()) {
      return;
    }
    try {
      open.pop().close();
    } finally {
      close();
    }
  }
}
