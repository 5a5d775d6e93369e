package dev.elbow.trainer.data;

/** Somewhere a table of sensor rows can be read from. */
@FunctionalInterface
public interface SensorSource {

  /**
   * Reads everything there is, once.
   *
   * @param progress told how far the reading has come
   * @throws dev.elbow.input.InvalidInputException if what is there cannot be used; the message says
   *     where and why
   */
  SensorTable read(ReadProgress progress);

  /** Reads everything there is, telling nobody how far it has come. */
  default SensorTable read() {
    return read(ReadProgress.IGNORED);
  }
}
