package dev.elbow.event;

/** What came of reading a record as an acknowledgement: one or the other, never an exception. */
public sealed interface DecodedAcknowledgement {

  /**
   * The record holds an acknowledgement.
   *
   * @param acknowledgement what it holds
   */
  record Valid(Acknowledgement acknowledgement) implements DecodedAcknowledgement {}

  /**
   * The record holds none.
   *
   * @param reason why, as a closed set
   * @param detail what was expected and what was found, naming the field, for a person
   */
  record Invalid(RejectionReason reason, String detail) implements DecodedAcknowledgement {}
}
