package dev.elbow.detector.models;

import java.time.Instant;
import java.util.Optional;

/** Which model scores what. Safe for use by several threads. */
public interface Models extends AutoCloseable {

  /** Holds on to the models as they are now; to be closed by the thread that took it. */
  Hold hold();

  /**
   * Id of the bundle that scores at present; where groups of entities have bundles of their own,
   * that of all others. Empty if there is none.
   */
  Optional<String> id();

  /** There are no models from now on; one that is held is closed when it is let go. */
  @Override
  void close();

  /** The right to use models until it is closed. They do not change meanwhile. */
  interface Hold extends AutoCloseable {

    /**
     * The model for an observation, open for as long as this is held; empty if there is none.
     *
     * @param entity whose observation it is
     * @param time when it was observed
     */
    Optional<LoadedModel> of(String entity, Instant time);

    /** An observation of that time has been judged by its model. */
    void judged(Instant time);

    @Override
    void close();

    /** One model for all, which whoever has opened it closes. */
    static Hold of(LoadedModel model) {
      Optional<LoadedModel> only = Optional.of(model);
      return new Hold() {
        @Override
        public Optional<LoadedModel> of(String entity, Instant time) {
          return only;
        }

        @Override
        public void judged(Instant time) {}

        @Override
        public void close() {}
      };
    }
  }
}
