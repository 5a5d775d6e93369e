package dev.elbow.detector.models;

import java.util.concurrent.atomic.AtomicInteger;

/** A model and how many hold it; it is closed when the last one lets go. */
final class SharedModel {

  private final LoadedModel model;
  private final AtomicInteger holders = new AtomicInteger(1);

  /** Held by whoever makes this. */
  SharedModel(LoadedModel model) {
    this.model = model;
  }

  /** Open for as long as it is held. */
  LoadedModel model() {
    return model;
  }

  /** False if the model has been closed meanwhile. */
  boolean retain() {
    return holders.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
  }

  void release() {
    if (holders.decrementAndGet() == 0) {
      model.close();
    }
  }
}
