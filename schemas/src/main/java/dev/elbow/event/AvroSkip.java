package dev.elbow.event;

import org.apache.avro.Schema;

/** Passes over what is not looked at, whatever its schema. */
final class AvroSkip {

  private AvroSkip() {}

  /** Passes over one datum. */
  static void skip(Schema schema, AvroCursor in) throws Fault {
    skip(schema, in, 0);
  }

  private static void skip(Schema schema, AvroCursor in, int depth) throws Fault {
    if (depth > ObservationReader.MAX_NESTING) {
      throw in.malformed("at most %d levels".formatted(ObservationReader.MAX_NESTING));
    }
    switch (schema.getType()) {
      case NULL -> {}
      case BOOLEAN -> in.skip(1);
      case INT, LONG, ENUM -> in.number();
      case FLOAT -> in.skip(Float.BYTES);
      case DOUBLE -> in.skip(Double.BYTES);
      case STRING, BYTES -> in.skip(in.length());
      case FIXED -> in.skip(schema.getFixedSize());
      case UNION -> skip(schema.getTypes().get(in.branch(schema.getTypes().size())), in, depth + 1);
      case ARRAY -> skipItems(schema.getElementType(), false, in, depth + 1);
      case MAP -> skipItems(schema.getValueType(), true, in, depth + 1);
      case RECORD -> {
        for (Schema.Field field : schema.getFields()) {
          skip(field.schema(), in, depth + 1);
        }
      }
    }
  }

  private static void skipItems(Schema item, boolean keyed, AvroCursor in, int depth) throws Fault {
    for (long left = in.items(); left > 0; left = in.items()) {
      int before;
      do {
        before = in.at();
        if (keyed) {
          in.skip(in.length());
        }
        skip(item, in, depth);
        left--;
      } while (left > 0 && in.at() > before); // items of no bytes need not be counted
    }
  }
}
