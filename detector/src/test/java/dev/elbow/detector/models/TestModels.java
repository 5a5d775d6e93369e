package dev.elbow.detector.models;

import dev.elbow.bundle.ModelBundle;
import dev.elbow.scoring.Scorer;

/** Opens models for tests of other packages. */
public final class TestModels {

  private TestModels() {}

  /** Through the gate, as the detector does. */
  public static LoadedModel load(ModelBundle bundle) {
    return new LoadedModel(Scorer.open(bundle));
  }
}
