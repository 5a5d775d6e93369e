package dev.elbow.event;

/** A text in Avro's binary encoding. */
final class AvroText {

  private AvroText() {}

  /**
   * @param reason if it is not valid UTF-8
   * @param where it is
   */
  static String read(AvroCursor in, RejectionReason reason, String where) throws Fault {
    int length = in.length();
    int from = in.at();
    in.skip(length);
    return RecordText.decodeUtf8(in.bytes(), from, length, reason, where).toString();
  }
}
