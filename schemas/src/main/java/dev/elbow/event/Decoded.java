package dev.elbow.event;

/** What came of reading a record as an observation: one or the other, never an exception. */
public sealed interface Decoded {

  /**
   * The record holds an observation.
   *
   * @param observation what it holds
   */
  record Valid(Observation observation) implements Decoded {}

  /**
   * The record holds none.
   *
   * @param reason why, as a closed set
   * @param detail what was expected and what was found, naming the field, for a person
   */
  record Invalid(RejectionReason reason, String detail) implements Decoded, DecodedRow {}
}
