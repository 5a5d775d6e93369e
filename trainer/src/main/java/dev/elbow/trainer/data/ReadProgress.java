package dev.elbow.trainer.data;

/** Listens to how far the reading of a source has come, for a progress bar. */
@FunctionalInterface
public interface ReadProgress {

  /** Nobody listens. */
  ReadProgress IGNORED = (done, total) -> {};

  /**
   * Called on the reading thread, with {@code done} never falling.
   *
   * @param done bytes of files, or offsets of a topic, read so far
   * @param total how many there are, at least 0; what was known when the reading began
   */
  void read(long done, long total);
}
