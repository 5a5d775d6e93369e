package dev.elbow.detector.episode;

import dev.elbow.detector.entity.Partition;
import dev.elbow.detector.episode.OpenEpisode.Mark;
import dev.elbow.detector.episode.OpenEpisode.Told;
import dev.elbow.event.Anomaly;
import dev.elbow.event.Contribution;
import dev.elbow.event.Coordinates;
import dev.elbow.event.Episode.Blame;
import dev.elbow.event.Episode.Peak;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A {@link Standing} as bytes, in the order of its fields: some 200 and, for each sensor that is
 * blamed, its name and 48 more. The version of the form comes first.
 */
final class StandingBytes {

  private static final byte VERSION = 1;

  private StandingBytes() {}

  static byte[] of(Standing standing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeLong(standing.offset());
      out.writeInt(standing.told());
      out.writeBoolean(standing.open().isPresent());
      if (standing.open().isPresent()) {
        write(out, standing.open().get());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, OpenEpisode episode) throws IOException {
    out.writeUTF(episode.model());
    write(out, episode.first());
    write(out, episode.last());
    write(out, episode.newest());
    write(out, episode.heard());
    Duration step = episode.usualStep().orElse(Duration.ZERO);
    out.writeLong(step.getSeconds());
    out.writeInt(step.getNano());
    out.writeLong(episode.rows());
    out.writeLong(episode.calmRows());
    out.writeLong(episode.anomalies());
    out.writeBoolean(episode.shifted());
    Peak peak = episode.peak();
    write(out, new Mark(peak.timestamp(), peak.source().offset()));
    out.writeDouble(peak.score());
    out.writeDouble(peak.smoothed());
    out.writeDouble(peak.threshold());
    out.writeInt(episode.blame().sums().size());
    for (Blame blame : episode.blame().sums()) {
      write(out, blame);
    }
    write(out, episode.told().at());
    out.writeDouble(episode.told().height());
    out.writeBoolean(episode.told().shifted());
  }

  private static void write(DataOutputStream out, Blame blame) throws IOException {
    out.writeUTF(blame.name());
    out.writeDouble(blame.nats());
    out.writeLong(blame.anomalies());
    out.writeDouble(blame.most().actual());
    out.writeDouble(blame.most().expected());
    out.writeDouble(blame.most().sigma());
    out.writeDouble(blame.most().nats());
  }

  private static void write(DataOutputStream out, Mark mark) throws IOException {
    write(out, mark.observed());
    out.writeLong(mark.offset());
  }

  private static void write(DataOutputStream out, Instant instant) throws IOException {
    out.writeLong(instant.getEpochSecond());
    out.writeInt(instant.getNano());
  }

  /**
   * Reads one.
   *
   * @param partition where the records lie
   * @return empty if another release has written it in a form of its own
   */
  static Optional<Standing> read(byte[] stored, Partition partition) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(stored))) {
      if (in.readByte() != VERSION) {
        return Optional.empty();
      }
      long offset = in.readLong();
      int told = in.readInt();
      return Optional.of(
          new Standing(
              offset,
              told,
              in.readBoolean() ? Optional.of(episode(in, partition)) : Optional.empty()));
    } catch (IOException e) {
      throw new UncheckedIOException("a store holds half an episode", e);
    }
  }

  private static OpenEpisode episode(DataInputStream in, Partition partition) throws IOException {
    String model = in.readUTF();
    return new OpenEpisode(
        model,
        mark(in),
        mark(in),
        mark(in),
        instant(in),
        Optional.of(Duration.ofSeconds(in.readLong(), in.readInt())).filter(it -> !it.isZero()),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readBoolean(),
        peak(in, partition, model),
        blame(in),
        new Told(instant(in), in.readDouble(), in.readBoolean()));
  }

  private static Peak peak(DataInputStream in, Partition partition, String model)
      throws IOException {
    Mark mark = mark(in);
    Coordinates source = partition.record(mark.offset());
    return new Peak(
        Anomaly.idOf(source, model),
        mark.observed(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        source);
  }

  private static BlameSum blame(DataInputStream in) throws IOException {
    int sensors = in.readInt();
    List<Blame> sums = new ArrayList<>();
    for (int i = 0; i < sensors; i++) {
      String name = in.readUTF();
      double nats = in.readDouble();
      long anomalies = in.readLong();
      Contribution most =
          new Contribution(
              name, in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble());
      sums.add(new Blame(nats, anomalies, most));
    }
    return new BlameSum(sums);
  }

  private static Mark mark(DataInputStream in) throws IOException {
    return new Mark(instant(in), in.readLong());
  }

  private static Instant instant(DataInputStream in) throws IOException {
    return Instant.ofEpochSecond(in.readLong(), in.readInt());
  }
}
