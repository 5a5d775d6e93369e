package dev.elbow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ElbowTest {

  @Test
  void exitsWithTwoAndShowsTheCommandsWhenNoneIsGiven() {
    Run run = Run.elbow();

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("a command is missing", "train", "detect", "score");
  }

  @Test
  void exitsWithTwoOnAnUnknownOption() {
    Run run = Run.elbow("train", "--model", "x", "--sede", "1");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--sede", "--seed").hasLineCount(2);
  }

  @Test
  void exitsWithZeroOnHelpOfEveryCommand() {
    assertThat(Run.elbow("--help").exitCode()).isZero();
    assertThat(Run.elbow("train", "--help").out()).contains("--false-alarm-rate", "--seed");
    assertThat(Run.elbow("score", "--help").out()).contains("--contributions");
    assertThat(Run.elbow("evaluate", "--help").out()).contains("--train");
    assertThat(Run.elbow("detect", "--help").out()).contains("--config");
    assertThat(Run.elbow("replay", "--help").out()).contains("--rate");
    assertThat(Run.elbow("acknowledge", "--help").out()).contains("--entity", "--note");
  }

  @Test
  void reportsAllConfigurationErrorsOfADetectorAtOnce() {
    Run run = Run.elbow("detect", "--set", "nonsense=1", "--set", "metrics.port=-1");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("nonsense", "metrics.port", "bootstrap.servers", "model.directory")
        .doesNotContain("at dev.elbow");
  }
}
