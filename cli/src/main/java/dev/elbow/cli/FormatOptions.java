package dev.elbow.cli;

import dev.elbow.event.ObservationAvro;
import dev.elbow.event.ObservationFormat;
import dev.elbow.event.ObservationJson;
import dev.elbow.event.WriterSchemas;
import dev.elbow.input.InvalidInputException;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How the observations of a topic are written. */
final class FormatOptions {

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "How the topic's observations are written: json or avro. Default: json.")
  private Optional<String> format = Optional.empty();

  @Option(
      names = "--schema",
      paramLabel = "FILE",
      description =
          "For avro: the schema, or ID=FILE, several with commas, for the Confluent wire format."
              + " Default: the published schema.")
  private Optional<String> schema = Optional.empty();

  /** Whether any of these options is there. */
  boolean given() {
    return format.isPresent() || schema.isPresent();
  }

  /** The format, with its schemas read. */
  ObservationFormat format() {
    return switch (format.orElse("json")) {
      case "avro" -> new ObservationAvro(WriterSchemas.read(schema.orElse("")));
      case "json" -> {
        if (schema.isPresent()) {
          throw new InvalidInputException("--schema goes with --format avro; found json");
        }
        yield ObservationJson.FORMAT;
      }
      default ->
          throw new InvalidInputException(
              "--format: expected json or avro, found " + format.orElseThrow());
    };
  }
}
