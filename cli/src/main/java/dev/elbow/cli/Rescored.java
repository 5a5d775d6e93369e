package dev.elbow.cli;

import dev.elbow.detector.topology.Rejudged;

/** Takes what records came to that were judged once more. */
interface Rescored extends AutoCloseable {

  /** Called once per record, partition by partition, in the order of the offsets. */
  void write(Rejudged record);

  /** All has been written: nothing of it may be lost from now on. */
  void commit();

  @Override
  void close();
}
