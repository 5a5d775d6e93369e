package dev.elbow.detector.episode;

import java.util.Optional;

/**
 * How an entity stands that has an episode or has had one.
 *
 * @param offset of its newest row that was looked at: rows up to there are repeats
 * @param told how often something was told of its episodes
 * @param open its episode, if it is not over
 */
record Standing(long offset, int told, Optional<OpenEpisode> open) {

  /** It has had none. */
  static final Standing NONE = new Standing(-1, 0, Optional.empty());

  Standing with(OpenEpisode episode) {
    return new Standing(episode.newest().offset(), told, Optional.of(episode));
  }

  /** After its episode. */
  Standing over() {
    return new Standing(offset, told, Optional.empty());
  }

  /** After one more event. */
  Standing toldOnceMore() {
    return new Standing(offset, told + 1, open);
  }
}
