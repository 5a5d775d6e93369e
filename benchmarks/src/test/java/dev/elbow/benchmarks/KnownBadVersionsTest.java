package dev.elbow.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownBadVersionsTest {

  private static final Path LIST = Path.of("../docs/known-bad-versions.csv");

  /** Of this module, which depends on all others; Maven makes none where it is offline. */
  private static final Path SBOM = Path.of("target/elbow-sbom.json");

  @Test
  void noLibraryIsKnownToBeBad() throws IOException {
    assumeThat(SBOM).exists();

    assertThat(KnownBadVersions.read(LIST).in(Files.readString(SBOM))).isEmpty();
  }

  @Test
  void listOfComponentsHasWhatIsShipped() throws IOException {
    assumeThat(SBOM).exists();

    List<String> names =
        new ObjectMapper()
            .readTree(SBOM.toFile()).findValues("purl").stream().map(JsonNode::asText).toList();

    assertThat(names)
        .anyMatch(purl -> purl.startsWith("pkg:maven/org.apache.kafka/kafka-clients@"))
        .anyMatch(purl -> purl.startsWith("pkg:maven/org.apache.avro/avro@"))
        .anyMatch(purl -> purl.startsWith("pkg:maven/com.microsoft.onnxruntime/onnxruntime@"))
        .anyMatch(purl -> purl.startsWith("pkg:maven/at.yawk.lz4/lz4-java@"));
  }

  @Test
  void findsLibraryThatIsKnownToBeBad() throws IOException {
    String sbom =
        """
        {"components": [
          {"group": "org.apache.logging.log4j", "name": "log4j-core", "version": "2.14.1"},
          {"group": "org.apache.logging.log4j", "name": "log4j-core", "version": "2.25.4"},
          {"group": "org.lz4", "name": "lz4-java", "version": "1.8.0"},
          {"group": "dev.elbow", "name": "elbow-cli", "version": "0.1.0-SNAPSHOT"}]}
        """;

    assertThat(KnownBadVersions.read(LIST).in(sbom))
        .satisfiesExactly(
            log4j -> assertThat(log4j).contains("log4j-core:2.14.1", "CVE-2021-44228"),
            lz4 -> assertThat(lz4).contains("lz4-java:1.8.0", "CVE-2025-12183"));
  }

  @ParameterizedTest
  @CsvSource({
    "1.9, 1.10, -1",
    "1.10, 1.10, 0",
    "1.10.0, 1.10, 0",
    "2.13.2, 2.13.2.1, -1",
    "1.0-rc1, 1.0, -1",
    "1.11.4, 1.9.9, 1"
  })
  void ordersVersionsByTheirNumbers(String one, String other, int order) {
    assertThat(Integer.signum(KnownBadVersions.compare(one, other))).isEqualTo(order);
  }
}
