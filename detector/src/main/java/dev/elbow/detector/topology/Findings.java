package dev.elbow.detector.topology;

import dev.elbow.event.AnomalyEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What is found beside the verdicts, until it is taken to be sent at its place among them. */
final class Findings implements Consumer<AnomalyEvent> {

  private List<AnomalyEvent> found = new ArrayList<>();

  @Override
  public void accept(AnomalyEvent event) {
    found.add(event);
  }

  /** What was found since this was last asked, in order. */
  List<AnomalyEvent> take() {
    if (found.isEmpty()) {
      return List.of();
    }
    List<AnomalyEvent> taken = found;
    found = new ArrayList<>();
    return taken;
  }
}
