package dev.elbow.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.elbow.bundle.ModelBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class NativeMemoryTest {

  private static final Path STATUS = Path.of("/proc/self/status");

  /** As wide as the gate lets pass. Three weights per cell: 0.75 MB in a session. */
  private static final int WIDTH = 1 << 16;

  /** Four hundred leaked sessions would be 300 MB at least; a heap that settles is far less. */
  private static final long ALLOWED_KILOBYTES = 100_000;

  @Test
  void givesNativeMemoryBack() throws IOException {
    assumeTrue(Files.isReadable(STATUS), "resident memory is read from /proc");
    ModelBundle bundle = new TestBundle().withHiddenLayer(WIDTH).build();
    openAndClose(bundle, 200); // until the heap no longer grows
    long before = residentKilobytes();

    openAndClose(bundle, 400);

    assertThat(residentKilobytes() - before).isLessThan(ALLOWED_KILOBYTES);
  }

  @Test
  void countsSessionsUntilTheyAreClosed() {
    int before = OnnxModel.openSessions();

    try (Scorer scorer = Scorer.open(new TestBundle().build())) {
      assertThat(OnnxModel.openSessions()).isEqualTo(before + 2 * scorer.bundle().members().size());
    }

    assertThat(OnnxModel.openSessions()).isEqualTo(before);
  }

  private static void openAndClose(ModelBundle bundle, int times) {
    for (int i = 0; i < times; i++) {
      try (Scorer scorer = Scorer.open(bundle)) {
        scorer.score(List.of(new double[] {14, 1}));
      }
    }
  }

  private static long residentKilobytes() throws IOException {
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }
}
