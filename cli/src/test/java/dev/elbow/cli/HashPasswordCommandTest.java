package dev.elbow.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class HashPasswordCommandTest {

  @Test
  void printsHashAndNotThePassword() {
    Run run = withInput("s3cret\n");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .matches("pbkdf2-sha256:600000:[A-Za-z0-9+/=]{24}:[A-Za-z0-9+/=]{44}\\R")
        .doesNotContain("s3cret");
  }

  @Test
  void asksForPassword() {
    Run run = withInput("");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("expected a password on standard input");
  }

  private static Run withInput(String text) {
    InputStream original = System.in;
    System.setIn(new ByteArrayInputStream(text.getBytes(UTF_8)));
    try {
      return Run.elbow("hash-password");
    } finally {
      System.setIn(original);
    }
  }
}
