package dev.elbow.event;

import java.time.Instant;

/** What the anomalies topic holds; the JSON of each says which by its {@code status}. */
public sealed interface AnomalyEvent permits Anomaly, StuckSensor, Silence {

  /** The machine; the record's key. */
  String entity();

  /** When it came to be. */
  Instant timestamp();
}
