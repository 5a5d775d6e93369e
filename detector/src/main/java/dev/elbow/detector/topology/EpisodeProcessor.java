package dev.elbow.detector.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.elbow.detector.entity.Partition;
import dev.elbow.detector.episode.EpisodeRule;
import dev.elbow.detector.episode.Episodes;
import dev.elbow.detector.episode.JudgedRow;
import dev.elbow.detector.metrics.EpisodeMetrics;
import dev.elbow.event.Anomaly;
import dev.elbow.event.Episode;
import dev.elbow.event.EpisodeJson;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Follows the verdicts of a task and tells of the episodes they make up, in one call each for all
 * records that were judged together; and of those that end because nothing comes.
 */
public final class EpisodeProcessor extends ContextualProcessor<byte[], Object, byte[], byte[]> {

  /** How often it is looked whether time has gone by without records. */
  private static final Duration TICK = Duration.ofSeconds(1);

  private final String observations;
  private final EpisodeRule rule;
  private final BooleanSupplier brokersAnswer;
  private final EpisodeMetrics metrics;
  private @Nullable Episodes episodes;

  /**
   * @param observations the topic whose records are judged
   * @param rule when an episode is over, and how often it is told of
   * @param brokersAnswer whether there would be records if any were sent
   */
  public EpisodeProcessor(
      String observations,
      EpisodeRule rule,
      BooleanSupplier brokersAnswer,
      EpisodeMetrics metrics) {
    this.observations = observations;
    this.rule = rule;
    this.brokersAnswer = brokersAnswer;
    this.metrics = metrics;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    super.init(context);
    Object guarantee = context.appConfigs().get(StreamsConfig.PROCESSING_GUARANTEE_CONFIG);
    episodes =
        new Episodes(
            context,
            new Partition(observations, context.taskId().partition()),
            rule,
            !StreamsConfig.EXACTLY_ONCE_V2.equals(guarantee),
            this::tell,
            metrics);
    context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, now -> tick());
  }

  @Override
  public void close() {
    if (episodes != null) {
      episodes.close();
    }
  }

  @Override
  public void process(Record<byte[], Object> record) {
    if (record.value() instanceof Noted.Verdicts verdicts) {
      verdicts.judged().forEach(judged -> follow(judged, verdicts.at()));
    } else if (record.value() instanceof Noted.Acknowledged acknowledged) {
      episodes().acknowledged(acknowledged.entity());
    }
    episodes().settled();
  }

  private void follow(Judged judged, Instant at) {
    episodes().record(judged.source().coordinates().offset());
    if (judged.verdict() instanceof Verdict.Normal normal) {
      Scored scored = normal.scored();
      episodes().row(scored.row().timestamp(), at);
      if (episodes().concerns(scored.entity())) {
        episodes().scored(row(scored, Optional.empty(), Optional.empty()));
      }
    } else if (judged.verdict() instanceof Verdict.Anomalous anomalous) {
      episodes().row(anomalous.anomaly().timestamp(), at);
      episodes()
          .scored(row(anomalous.scored(), Optional.of(anomalous.anomaly()), anomalous.usualStep()));
    } else if (judged.verdict() instanceof Verdict.Warming warming) {
      episodes().row(warming.event().timestamp(), at);
    }
  }

  private static JudgedRow row(
      Scored scored, Optional<Anomaly> anomaly, Optional<Duration> usualStep) {
    return new JudgedRow(
        scored.entity(),
        scored.row().timestamp(),
        scored.source().coordinates().offset(),
        scored.model().id(),
        scored.judgement().calm(),
        scored.judgement().state().isShifted(),
        anomaly,
        usualStep);
  }

  /** While no broker answers, nothing can be heard, and nobody is silent for that. */
  private void tick() {
    if (brokersAnswer.getAsBoolean()) {
      episodes().tick(TICK);
      episodes().settled();
    }
  }

  /** Brokers refuse records that claim to come from far ahead; the event keeps its own time. */
  private void tell(Episode event) {
    long timestamp = Math.max(0, event.timestamp().toEpochMilli());
    context()
        .forward(
            new Record<>(
                event.entity().getBytes(UTF_8),
                EpisodeJson.encode(event),
                Math.min(timestamp, context().currentSystemTimeMs())));
  }

  private Episodes episodes() {
    return Objects.requireNonNull(episodes, "init comes before process");
  }
}
