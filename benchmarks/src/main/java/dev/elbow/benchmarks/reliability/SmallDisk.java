package dev.elbow.benchmarks.reliability;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A file system of some megabytes in the place of a directory, for one process and those it starts:
 * a memory file system in a mount namespace of its own, which on most Linux systems nobody need be
 * root for. It is gone when the process has ended.
 */
final class SmallDisk {

  private static final int BYTES = 64 << 20;
  private static final String SCRIPT =
      "mount -t tmpfs -o size=%d tmpfs \"$0\" && exec \"$@\"".formatted(BYTES);
  private static final int BLOCK = 1 << 16;

  private SmallDisk() {}

  /** Why there can be none on this machine; empty if there can. */
  static String impossibleHere() {
    try {
      Process tried =
          new ProcessBuilder("unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt")
              .redirectErrorStream(true)
              .start();
      tried.getInputStream().transferTo(OutputStream.nullOutputStream());
      return tried.waitFor(10, TimeUnit.SECONDS) && tried.exitValue() == 0
          ? ""
          : "unshare and mount are not allowed";
    } catch (IOException e) {
      return "there is no unshare(1)";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  /** A launch whose process finds the small file system in the place of the directory. */
  static Launch launch(Launch launch, Path directory) {
    return launch.within("unshare", "-rm", "sh", "-c", SCRIPT, directory.toString());
  }

  /**
   * Fills what a process has in the place of the directory to the last byte.
   *
   * @throws IOException if that has more room: the process has been started again meanwhile, on the
   *     machine's own disk
   */
  static void fill(long process, Path directory) throws IOException {
    Path seen = Path.of("/proc/" + process + "/root" + directory.toAbsolutePath() + "/filler");
    boolean full = true;
    try (OutputStream filler = Files.newOutputStream(seen)) {
      for (int size = BLOCK; size > 0 && full; size /= 2) {
        full = isFullAfter(filler, new byte[size], BYTES / size);
      }
    }
    if (!full) {
      Files.delete(seen);
      throw new IOException(
          "%s: expected a file system of %d bytes, found more room".formatted(seen, BYTES));
    }
  }

  private static boolean isFullAfter(OutputStream filler, byte[] block, int times) {
    try {
      for (int i = 0; i <= times; i++) {
        filler.write(block);
      }
      return false;
    } catch (IOException noSpaceLeft) {
      return true;
    }
  }
}
