package dev.elbow.cli;

import dev.elbow.bundle.ModelBundle;
import dev.elbow.cli.RangeOptions.Range;
import dev.elbow.detector.entity.Partition;
import dev.elbow.detector.models.LoadedModel;
import dev.elbow.detector.models.Models;
import dev.elbow.detector.replay.ReplayedAcknowledgements;
import dev.elbow.detector.replay.TopicRecords;
import dev.elbow.detector.topology.Rejudged;
import dev.elbow.detector.topology.Rejudging;
import dev.elbow.event.ObservationFormat;
import dev.elbow.input.InvalidInputException;
import dev.elbow.scoring.ObservedShare;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Scores a range of a topic once more, by the detector's own code, for a file or a side topic. The
 * first rows of the range have nothing behind them, as for a detector that begins there.
 */
final class TopicRescoring {

  private final Map<String, String> connection;
  private final ObservationFormat format;
  private final RangeOptions range;
  private final Optional<Path> output;
  private long scored;
  private long anomalies;
  private long warmingUp;
  private long rejected;

  /**
   * @param output the file; empty: the output topic of the range
   */
  TopicRescoring(
      Map<String, String> connection,
      ObservationFormat format,
      RangeOptions range,
      Optional<Path> output) {
    this.connection = connection;
    this.format = format;
    this.range = range;
    this.output = output;
  }

  /**
   * @return what a person wants to know of it
   * @throws InvalidInputException if the topics cannot be used or the range holds nothing
   */
  String run(ModelBundle bundle) {
    try (TopicRecords records = TopicRecords.open(connection, TopicQuestion.PATIENCE);
        LoadedModel model = LoadedModel.open(bundle)) {
      List<Range> ranges = range.ranges(records);
      if (ranges.isEmpty()) {
        throw new InvalidInputException(
            "topic %s: no record in that range".formatted(range.topic().orElseThrow()));
      }
      try (Rescored rescored = rescored(records)) {
        for (Range one : ranges) {
          rescore(records, one, model, rescored);
        }
        rescored.commit();
      }
      return text(bundle);
    }
  }

  private Rescored rescored(TopicRecords records) {
    return output.isPresent()
        ? RescoredFile.create(output.get())
        : RescoredTopic.open(
            connection, records, range.topic().orElseThrow(), range.outputTopic().orElseThrow());
  }

  private void rescore(TopicRecords records, Range one, LoadedModel model, Rescored rescored) {
    Partition partition = new Partition(one.partition().topic(), one.partition().partition());
    ReplayedAcknowledgements acknowledgements =
        range
            .acknowledgements()
            .map(
                topic ->
                    ReplayedAcknowledgements.read(
                        records, topic, one.partition(), Optional.empty()))
            .orElseGet(ReplayedAcknowledgements::none);
    try (Rejudging rejudging =
            new Rejudging(Models.Hold.of(model), partition, format, ObservedShare.DEFAULT);
        Progress progress =
            Progress.start("scoring " + one.partition(), Math.max(1, one.to() - one.from()))) {
      records.read(
          one.partition(),
          one.from(),
          one.to(),
          batch -> {
            for (Rejudged record : acknowledgements.judge(rejudging, batch)) {
              count(record);
              rescored.write(record);
              progress.at(record.source().offset() + 1 - one.from(), "");
            }
          });
    }
  }

  private void count(Rejudged record) {
    if (record instanceof Rejudged.Score score) {
      scored++;
      anomalies += score.event().anomalous() ? 1 : 0;
    } else if (record instanceof Rejudged.Warming) {
      warmingUp++;
    } else {
      rejected++;
    }
  }

  private String text(ModelBundle bundle) {
    return "scored %,d records again by bundle %s into %s: %,d anomalies, %,d warming up, %,d not scorable%n"
        .formatted(
            scored,
            bundle.id(),
            output
                .map(Path::toString)
                .orElseGet(() -> "topic " + range.outputTopic().orElseThrow()),
            anomalies,
            warmingUp,
            rejected);
  }
}
