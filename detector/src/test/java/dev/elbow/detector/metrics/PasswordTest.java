package dev.elbow.detector.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordTest {

  /** By Python: {@code hashlib.pbkdf2_hmac('sha256', 'pässword', b'saltsaltsaltsalt', 1000)}. */
  private static final String HASH =
      "pbkdf2-sha256:1000:c2FsdHNhbHRzYWx0c2FsdA==:YgPLu3n8vPEiiKZxKq7umwDgcOMwRYIX1FKxRWvKd3o=";

  @Test
  void matchesHashOfAnotherProgram() {
    assertThat(Password.of(HASH).matches("pässword")).isTrue();
    assertThat(Password.of(HASH).matches("password")).isFalse();
    assertThat(Password.of(HASH).matches(HASH)).isFalse();
  }

  @Test
  void matchesHashOfItsOwn() {
    String hash = Password.hash("open: sesame");

    assertThat(hash).startsWith("pbkdf2-sha256:600000:").doesNotContain("sesame");
    assertThat(Password.of(hash).matches("open: sesame")).isTrue();
    assertThat(Password.hash("open: sesame")).isNotEqualTo(hash);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s3cre", "s3cret ", "S3CRET", "s3cret:"})
  void matchesNothingButThePassword(String other) {
    assertThat(Password.of("s3cret").matches("s3cret")).isTrue();
    assertThat(Password.of("s3cret").matches(other)).isFalse();
  }

  @Test
  void showsNothing() {
    assertThat(Password.of("s3cret")).hasToString("[hidden]");
  }

  @Test
  void admitsTheUserWithThePassword() {
    BasicAuthentication authentication =
        new BasicAuthentication("prometheus", Password.of("s3:cret"));

    assertThat(authentication.admits(basic("prometheus:s3:cret"))).isTrue();
    assertThat(authentication.admits(basic("prometheus:s3:cret"))).isTrue(); // remembered
    assertThat(authentication.admits(basic("prometheus:s3"))).isFalse();
    assertThat(authentication.admits(basic("another:s3:cret"))).isFalse();
  }

  @Test
  void admitsNoOtherHeader() {
    BasicAuthentication authentication = new BasicAuthentication("", Password.of("s3cret"));

    assertThat(authentication.admits(Optional.empty())).isFalse();
    assertThat(authentication.admits(Optional.of(""))).isFalse();
    assertThat(authentication.admits(Optional.of("Basic"))).isFalse();
    assertThat(authentication.admits(Optional.of("Basic "))).isFalse();
    assertThat(authentication.admits(Optional.of("Basic ~~~"))).isFalse();
    assertThat(authentication.admits(Optional.of("Bearer s3cret"))).isFalse();
    assertThat(authentication.admits(basic("s3cret"))).isFalse();
  }

  private static Optional<String> basic(String credentials) {
    return Optional.of("Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8)));
  }
}
