package dev.elbow.benchmarks.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ReliabilityCommandTest {

  @Test
  void refusesScenarioThatDoesNotExist() {
    StringWriter errors = new StringWriter();
    CommandLine command =
        new CommandLine(new ReliabilityCommand())
            .setExecutionExceptionHandler(
                (exception, line, parsed) -> {
                  line.getErr().println(exception.getMessage());
                  return 2;
                })
            .setErr(new PrintWriter(errors, true));

    assertThat(command.execute("--scenario", "meteorite")).isEqualTo(2);
    assertThat(errors.toString())
        .contains("--scenario: expected some of detector_killed, detector_stopped")
        .contains("found meteorite");
  }
}
