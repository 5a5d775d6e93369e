package dev.elbow.modeltopic;

import java.util.Map;

/** A record as it is sent: key, value and headers. */
public final class RawRecord {

  private final String key;
  private final byte[] value;
  private final Map<String, String> headers;

  RawRecord(String key, byte[] value, Map<String, String> headers) {
    this.key = key;
    this.value = value;
    this.headers = Map.copyOf(headers);
  }

  /** To be sent in UTF-8. */
  public String key() {
    return key;
  }

  /** Shared, not to be modified. */
  public byte[] value() {
    return value;
  }

  /** Name to text, to be sent in UTF-8. */
  public Map<String, String> headers() {
    return headers;
  }
}
