package dev.elbow.modeltopic;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.elbow.event.Activation;
import dev.elbow.event.ActivationJson;
import dev.elbow.identity.Sha256;
import dev.elbow.input.InvalidInputException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The records of the models topic, to and from bytes; {@code docs/models-topic.md} has the format.
 *
 * <ul>
 *   <li>{@code bundle/ID/INDEX}: a chunk of a bundle's zip; how many there are, of how many bytes
 *       together, and the digests of the chunk and of the whole are in headers.
 *   <li>{@code activation/TIME/ENTITIES}: an activation, in JSON. One that is for the same entities
 *       from the same time on takes its place, and no other.
 * </ul>
 */
public final class ModelRecords {

  /** Header of a chunk: the version of its format. */
  static final String VERSION = "elbow.format";

  /** Header of a chunk: how many there are. */
  static final String CHUNKS = "elbow.chunks";

  /** Header of a chunk: the bytes of the whole zip. */
  static final String BYTES = "elbow.bytes";

  /** Header of a chunk: SHA-256 of the whole zip. */
  static final String SHA256 = "elbow.sha256";

  /** Header of a chunk: SHA-256 of the chunk. */
  static final String CHUNK_SHA256 = "elbow.chunk.sha256";

  /**
   * What a chunk's record takes beside its content, with room to spare: its key, its headers and
   * the frame of a batch.
   */
  public static final int OVERHEAD_BYTES = 1024;

  private static final String CHUNK_VERSION = "1";
  private static final Pattern CHUNK_KEY = Pattern.compile("bundle/([0-9a-f]{64})/(\\d{1,5})");
  private static final String ACTIVATION = "activation/";

  private ModelRecords() {}

  /** The record of a chunk. */
  public static RawRecord of(BundleChunk chunk) {
    BundleFile file = chunk.file();
    return new RawRecord(
        "bundle/%s/%d".formatted(file.bundle(), chunk.index()),
        chunk.content(),
        Map.of(
            VERSION, CHUNK_VERSION,
            CHUNKS, Integer.toString(file.chunks()),
            BYTES, Long.toString(file.bytes()),
            SHA256, file.sha256(),
            CHUNK_SHA256, Sha256.hexOf(chunk.content())));
  }

  /** The record of an activation. */
  public static RawRecord of(Activation activation) {
    return new RawRecord(keyOf(activation), ActivationJson.encode(activation), Map.of());
  }

  static String keyOf(Activation activation) {
    return ACTIVATION + activation.effectiveFrom() + "/" + activation.entities().pattern();
  }

  /**
   * Reads a record.
   *
   * @param key not modified
   * @param value kept, not to be modified from now on; null if what the key names is removed
   * @param headers name to text
   * @throws InvalidInputException if it is no record of this topic, one of another version, or not
   *     what its digest says
   */
  public static ModelRecord read(
      byte @Nullable [] key, byte @Nullable [] value, Map<String, String> headers) {
    String name = key == null ? "" : new String(key, UTF_8);
    try {
      Matcher chunk = CHUNK_KEY.matcher(name);
      if (chunk.matches()) {
        return value == null
            ? new ModelRecord.BundleRemoved(chunk.group(1))
            : chunk(chunk.group(1), Integer.parseInt(chunk.group(2)), value, headers);
      }
      if (name.startsWith(ACTIVATION)) {
        return value == null ? new ModelRecord.ActivationRemoved(name) : activation(name, value);
      }
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(shortened(name) + ": " + e.getMessage(), e);
    }
    throw new InvalidInputException(
        "key: expected bundle/ID/INDEX or activation/TIME/ENTITIES, found " + shortened(name));
  }

  private static ModelRecord chunk(
      String bundle, int index, byte[] value, Map<String, String> headers) {
    String version = header(headers, VERSION);
    if (!version.equals(CHUNK_VERSION)) {
      throw new IllegalArgumentException(
          "header %s: expected %s, found %s; this is for another version of Elbow"
              .formatted(VERSION, CHUNK_VERSION, shortened(version)));
    }
    BundleFile file =
        new BundleFile(
            bundle,
            Integer.parseInt(header(headers, CHUNKS)),
            Long.parseLong(header(headers, BYTES)),
            header(headers, SHA256));
    BundleChunk chunk = new BundleChunk(file, index, value);
    String found = Sha256.hexOf(value);
    if (!found.equals(header(headers, CHUNK_SHA256))) {
      throw new IllegalArgumentException(
          "header %s: expected that of the %d bytes, %s, found %s; publish the bundle again"
              .formatted(
                  CHUNK_SHA256, value.length, found, shortened(header(headers, CHUNK_SHA256))));
    }
    return new ModelRecord.Chunk(chunk);
  }

  /** The key must say the same as the value: another key would not be replaced when it should. */
  private static ModelRecord activation(String key, byte[] value) {
    Activation activation;
    try {
      activation = ActivationJson.decode(value);
    } catch (InvalidInputException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    if (!key.equals(keyOf(activation))) {
      throw new IllegalArgumentException(
          "key: expected %s by the value".formatted(shortened(keyOf(activation))));
    }
    return new ModelRecord.Activated(activation);
  }

  private static String header(Map<String, String> headers, String name) {
    String text = headers.get(name);
    if (text == null) {
      throw new IllegalArgumentException("header " + name + ": missing");
    }
    return text;
  }

  private static String shortened(String text) {
    int most = 400;
    return text.length() <= most ? text : text.substring(0, most) + "…";
  }
}
