package dev.elbow.event;

/** What came of reading a record as a row: one or the other, never an exception. */
public sealed interface DecodedRow permits ObservationRow, Decoded.Invalid {}
