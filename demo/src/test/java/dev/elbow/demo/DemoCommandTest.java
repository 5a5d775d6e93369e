package dev.elbow.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbow.cli.Elbow;
import dev.elbow.cli.ElbowCommand;
import dev.elbow.input.InvalidInputException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.TypeConversionException;

final class DemoCommandTest {

  @Test
  void commandLineFindsTheDemo() {
    assertThat(ServiceLoader.load(ElbowCommand.class))
        .hasAtLeastOneElementOfType(DemoCommand.class);
    assertThat(Elbow.run("demo", "--help")).isZero();
  }

  @ParameterizedTest
  @CsvSource({"250ms,PT0.25S", "60s,PT1M", "5m,PT5M", "1H,PT1H"})
  void readsTimes(String text, Duration expected) {
    assertThat(new DemoCommand.DurationConverter().convert(text)).isEqualTo(expected);
  }

  @Test
  void timeWithoutAUnitIsRefused() {
    assertThatThrownBy(() -> new DemoCommand.DurationConverter().convert("60"))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("60s");
  }

  @ParameterizedTest
  @CsvSource({
    "--rate=-1",
    "--duration=0s",
    "--false-alarm-rate=1.5",
    "--train=x.csv",
    "--rate=fast"
  })
  void badUsageIsExitCodeTwo(String option) {
    assertThat(Elbow.run("demo", option)).isEqualTo(2);
  }

  @Test
  void trainingAndModelContradictEachOther() {
    assertThat(Elbow.run("demo", "--data=a.csv", "--train=b.csv", "--model=c")).isEqualTo(2);
  }

  @Test
  void missingFileIsExitCodeTwo(@TempDir Path directory) {
    assertThat(Elbow.run("demo", "--data", directory.resolve("none.csv").toString())).isEqualTo(2);
  }

  @Test
  void missingModelIsFoundOutBeforeAnythingStarts(@TempDir Path directory) {
    DemoSettings settings = settings(Optional.empty(), Optional.of(directory.resolve("none")), 0);
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    assertThatThrownBy(() -> demo(settings, out, directory).run())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("expected a bundle");
    assertThat(out.size()).isZero();
  }

  @Test
  void takenPortIsFoundOutBeforeAnythingStarts(@TempDir Path directory) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      DemoSettings settings = settings(Optional.empty(), Optional.empty(), taken.getLocalPort());

      assertThatThrownBy(() -> demo(settings, out, directory).run())
          .isInstanceOf(InvalidInputException.class)
          .hasMessageStartingWith("--port " + taken.getLocalPort());
    }
    assertThat(out.size()).isZero();
  }

  private static Demo demo(DemoSettings settings, ByteArrayOutputStream out, Path temporary) {
    return new Demo(settings, new PrintStream(out, true, UTF_8), false, temporary);
  }

  private static DemoSettings settings(Optional<Path> data, Optional<Path> model, int port) {
    return settings(data, model, port, "label");
  }

  private static DemoSettings settings(
      Optional<Path> data, Optional<Path> model, int port, String label) {
    return new DemoSettings(
        data,
        Optional.empty(),
        model,
        label,
        Optional.empty(),
        Optional.of(0),
        Duration.ofSeconds(1),
        port,
        1,
        0.01);
  }

  @Test
  void labelColumnThatIsNamedMustBeThere(@TempDir Path directory) throws Exception {
    Path data = Files.writeString(directory.resolve("data.csv"), "a,label\n1,0\n3,1\n", UTF_8);

    assertThatThrownBy(
            () -> DemoData.of(settings(Optional.of(data), Optional.empty(), 0, "broken")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("no label column \"broken\"");
  }

  @Test
  void dataWithoutASensorOfTheTrainingAreRefused(@TempDir Path directory) throws Exception {
    Path training = Files.writeString(directory.resolve("train.csv"), "a,b\n1,2\n3,4\n", UTF_8);
    Path data = Files.writeString(directory.resolve("data.csv"), "a,c\n1,2\n3,4\n", UTF_8);
    DemoSettings settings =
        new DemoSettings(
            Optional.of(data),
            Optional.of(training),
            Optional.empty(),
            "label",
            Optional.empty(),
            Optional.of(0),
            Duration.ofSeconds(1),
            0,
            1,
            0.01);

    assertThatThrownBy(() -> DemoData.of(settings))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("no column b");
  }

  @Test
  void modelOfOtherSensorsIsRefused() {
    DemoData data = DemoData.of(DemoSettings.defaults());

    assertThatThrownBy(() -> data.requireSensors(List.of("flow_m3h", "humidity")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("lack 1 of its sensors: humidity");
  }
}
