package dev.elbow.detector.topology;

import dev.elbow.detector.entity.Entities;
import dev.elbow.detector.metrics.DetectionMetrics;
import dev.elbow.detector.models.LoadedModel;
import dev.elbow.detector.models.Models;
import dev.elbow.event.AcknowledgementJson;
import dev.elbow.event.DecodedAcknowledgement;
import dev.elbow.event.Rejection;
import dev.elbow.event.RejectionReason;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Somebody has looked at an entity that is in SHIFT: what is usual for it now is normal from now
 * on. For an entity that is not known, or not in SHIFT, there is nothing to do.
 */
final class Acknowledgements {

  private final int maxBytes;
  private final Entities entities;
  private final Consumer<String> taken;
  private final DetectionMetrics metrics;

  /**
   * @param maxBytes a record whose value is larger is rejected unread
   * @param taken told of each entity that is acknowledged, also where there is nothing to do
   */
  Acknowledgements(
      int maxBytes, Entities entities, Consumer<String> taken, DetectionMetrics metrics) {
    this.maxBytes = maxBytes;
    this.entities = entities;
    this.taken = taken;
    this.metrics = metrics;
  }

  /**
   * Deals with a record of the acknowledgements topic.
   *
   * @return why it is no acknowledgement; empty if it is one
   */
  Optional<Rejection> take(SourceRecord source, Models.Hold models) {
    Optional<LoadedModel> model = models.of(source.entityOfKey(), source.timestamp());
    Optional<Rejection> oversized =
        source
            .oversized(maxBytes)
            .map(detail -> source.rejection(RejectionReason.OVERSIZED, detail, model));
    if (oversized.isPresent()) {
      return oversized;
    }
    DecodedAcknowledgement decoded =
        AcknowledgementJson.decode(
            source.record().key(), source.record().value(), source.timestamp());
    if (decoded instanceof DecodedAcknowledgement.Invalid invalid) {
      return Optional.of(source.rejection(invalid.reason(), invalid.detail(), model));
    }
    String entity = ((DecodedAcknowledgement.Valid) decoded).acknowledgement().entity();
    acknowledge(entity, models);
    taken.accept(entity);
    return Optional.empty();
  }

  /** The shift is one of the model that has judged the entity's newest row. */
  private void acknowledge(String entity, Models.Hold models) {
    Optional<LoadedModel> model =
        entities.newest(entity).flatMap(newest -> models.of(entity, newest));
    boolean applied = model.isPresent() && entities.acknowledge(entity, model.get().forEntities());
    metrics.acknowledged(applied);
  }
}
