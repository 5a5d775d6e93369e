package dev.elbow.benchmarks.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class SmallDiskTest {

  /** This process sees the machine's own disk there, as one that was started again does. */
  @Test
  void leavesDiskAloneThatIsNotSmall(@TempDir Path directory) {
    assertThatThrownBy(() -> SmallDisk.fill(ProcessHandle.current().pid(), directory))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("found more room");
    assertThat(directory).isEmptyDirectory();
  }
}
