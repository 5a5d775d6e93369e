package dev.elbow.event;

import dev.elbow.input.InvalidInputException;

/**
 * Observations as Kafka records: the key names the entity, the value is one Avro datum in binary
 * encoding.
 *
 * <p>The rules are those of {@link ObservationJson}, with types for values:
 *
 * <ul>
 *   <li>A schema is a record. Sensors lie in its field {@code values}, a map or a record; without
 *       it every field but {@code timestamp}, {@code entity} and {@code label} is one.
 *   <li>A sensor is an int, long, float or double, or a union with such; null means missing. NaN
 *       and infinity are {@code not-finite}.
 *   <li>The timestamp is a long with a logical type of timestamps, or a number or a string as in
 *       JSON, or null.
 *   <li>What no record of a schema can get right is an error when the schema is read. What a record
 *       gets wrong has one defined reason: {@code malformed-avro} where the bytes are not one datum
 *       of the schema.
 * </ul>
 */
public final class ObservationAvro implements ObservationFormat {

  private final WriterSchemas schemas;
  private final AvroEncoding encoding;

  /**
   * @param schemas with which records are read; written is with the only one, or that of the
   *     highest id
   */
  public ObservationAvro(WriterSchemas schemas) {
    this.schemas = schemas;
    this.encoding = AvroEncoding.of(schemas);
  }

  @Override
  public RowReader rows(SensorColumns columns) {
    return new AvroRowReader(schemas, columns);
  }

  /**
   * {@inheritDoc}
   *
   * @throws InvalidInputException if the schema has no place for something the observation holds,
   *     or demands something it does not
   */
  @Override
  public byte[] encodeValue(Observation observation) {
    return encoding.encode(observation);
  }
}
