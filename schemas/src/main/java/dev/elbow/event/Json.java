package dev.elbow.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;

/** How strictly JSON from a topic is read. */
final class Json {

  /**
   * Refuses fields given twice and deep nesting; lets the literals NaN and Infinity through so that
   * they can be reported as what they are; keeps no table of field names, which a hostile sender
   * could fill.
   */
  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(ObservationReader.MAX_NESTING)
                  .build())
          .build();

  private Json() {}
}
