package dev.elbow.detector.topology;

import dev.elbow.event.Contribution;
import dev.elbow.event.Coordinates;
import dev.elbow.event.Rejection;
import dev.elbow.event.ScoreEvent;
import dev.elbow.event.WarmingUp;
import java.util.List;

/** What a record came to when it was judged once more. */
public sealed interface Rejudged {

  /** Where the record lies. */
  Coordinates source();

  /**
   * It has a score.
   *
   * @param event its score and what it means
   * @param missing the model's sensors that were not observed
   * @param contributions of all sensors that were, most first
   */
  record Score(ScoreEvent event, List<String> missing, List<Contribution> contributions)
      implements Rejudged {

    /** Copies the lists. */
    public Score {
      missing = List.copyOf(missing);
      contributions = List.copyOf(contributions);
    }

    @Override
    public Coordinates source() {
      return event.source();
    }
  }

  /** Too few rows of its entity lie behind it. */
  record Warming(WarmingUp event) implements Rejudged {
    @Override
    public Coordinates source() {
      return event.source();
    }
  }

  /** It cannot be scored. */
  record Rejected(Rejection rejection) implements Rejudged {
    @Override
    public Coordinates source() {
      return rejection.source();
    }
  }
}
