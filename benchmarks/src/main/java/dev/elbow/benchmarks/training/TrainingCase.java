package dev.elbow.benchmarks.training;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A network and a size of minibatch.
 *
 * @param name of the figure, less {@code training.}
 * @param features D
 * @param hidden widths from the input on; the decoder has them backwards
 * @param latents K
 * @param batch rows per minibatch
 */
record TrainingCase(String name, int features, List<Integer> hidden, int latents, int batch) {

  /** What is measured. */
  static final List<TrainingCase> ALL =
      List.of(small(64), small(256), small(1024), large(64), large(256));

  private static TrainingCase small(int batch) {
    return new TrainingCase("small." + batch, 38, List.of(128, 64), 8, batch);
  }

  private static TrainingCase large(int batch) {
    return new TrainingCase("large." + batch, 2432, List.of(512, 128), 16, batch);
  }

  /** As both programs take it. */
  List<String> arguments(double seconds) {
    return List.of(
        Integer.toString(features),
        hidden.stream().map(Object::toString).collect(Collectors.joining(",")),
        Integer.toString(latents),
        Integer.toString(batch),
        Double.toString(seconds));
  }
}
