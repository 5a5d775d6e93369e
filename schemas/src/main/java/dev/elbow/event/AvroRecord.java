package dev.elbow.event;

import java.time.Instant;
import java.util.Optional;

/** One record while its plan is carried out. */
final class AvroRecord {

  final RowDraft row;
  Instant timestamp = Instant.EPOCH;
  Optional<String> entity = Optional.empty();
  private boolean keyed;

  AvroRecord(RowDraft row) {
    this.row = row;
  }

  /** Another record begins. */
  void begin(Optional<String> keyEntity, Instant recordTimestamp) {
    row.begin();
    entity = keyEntity;
    keyed = keyEntity.isPresent();
    timestamp = recordTimestamp;
  }

  /** Takes the text for the entity, if the key names none. */
  void readEntity(AvroCursor in) throws Fault {
    if (keyed) {
      in.skip(in.length());
    } else {
      String text = AvroText.read(in, RejectionReason.BAD_ENTITY, "entity");
      entity = Optional.of(RecordText.checkedEntity(text, "entity"));
    }
  }

  ObservationRow finish() {
    return row.finish(entity.orElse(Observation.DEFAULT_ENTITY), timestamp);
  }
}
