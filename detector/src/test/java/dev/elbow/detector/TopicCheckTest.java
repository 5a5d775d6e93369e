package dev.elbow.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.elbow.input.InvalidInputException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicCheckTest {

  @Test
  void saysThatKafkaRefusesTheSecuritySettings() {
    Throwable thrown = refused(Map.of("security.protocol", "TLS"));

    assertThat(thrown)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("bootstrap.servers, security.protocol, ssl.*, sasl.*")
        .hasMessageContaining("TLS");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.apache.kafka.common.security.plain.PlainLoginModule required password=half s3cret;",
        "org.apache.kafka.common.security.plain.PlainLoginModule required password=\"s3cret\"",
        "password=s3cret",
        "s3cret",
        "org.apache.kafka.common.security.plain.PlainLoginModule s3cret x=y;"
      })
  void repeatsNothingOfLoginConfigurationThatCannotBeRead(String jaas) {
    Throwable thrown =
        refused(
            Map.of(
                "security.protocol", "SASL_SSL",
                "sasl.mechanism", "PLAIN",
                "sasl.jaas.config", jaas));

    StringWriter everything = new StringWriter();
    thrown.printStackTrace(new PrintWriter(everything, true));
    assertThat(thrown)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("sasl.jaas.config");
    assertThat(everything.toString()).doesNotContain("s3cret");
  }

  private static Throwable refused(Map<String, String> security) {
    Map<String, String> options = new HashMap<>(security);
    options.put("bootstrap.servers", "127.0.0.1:9");
    options.put("model.directory", "model");
    DetectorConfig config = DetectorConfig.read(Optional.empty(), Map.of(), options);
    return catchThrowable(() -> new TopicCheck(config, Duration.ofSeconds(1)).close());
  }
}
