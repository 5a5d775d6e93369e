package dev.elbow.bundle;

import dev.elbow.input.InvalidInputException;
import dev.elbow.score.ExemplarPrior;
import dev.elbow.score.Prior;
import dev.elbow.score.StandardNormal;
import java.util.List;
import java.util.SortedMap;

/**
 * One of the autoencoders whose scores a bundle averages: its two networks and its prior. Front
 * end, draws and threshold are the bundle's.
 */
public final class Member {

  /** The encoder network's file. */
  public static final String ENCODER = "encoder.onnx";

  /** The decoder network's file. */
  public static final String DECODER = "decoder.onnx";

  /** The exemplars' file, where the prior has some. */
  static final String EXEMPLARS = "exemplars.f64";

  private final byte[] encoder;
  private final byte[] decoder;
  private final Prior prior;

  private Member(byte[] encoder, byte[] decoder, Prior prior) {
    this.encoder = encoder;
    this.decoder = decoder;
    this.prior = prior;
  }

  /**
   * A member of its parts.
   *
   * @param encoder the encoder network as ONNX; copied
   * @param decoder the decoder network as ONNX; copied
   * @param prior p(z)
   */
  public static Member of(byte[] encoder, byte[] decoder, Prior prior) {
    return new Member(encoder.clone(), decoder.clone(), prior);
  }

  /**
   * The name of a file of member {@code index}, counted from 0: as it is for the first, then {@code
   * encoder-2.onnx} and so on.
   */
  public static String file(String name, int index) {
    int dot = name.lastIndexOf('.');
    return index == 0 ? name : name.substring(0, dot) + "-" + (index + 1) + name.substring(dot);
  }

  /** The encoder network as ONNX: a copy. */
  public byte[] encoder() {
    return encoder.clone();
  }

  /** The decoder network as ONNX: a copy. */
  public byte[] decoder() {
    return decoder.clone();
  }

  /** p(z) in its KL term. */
  public Prior prior() {
    return prior;
  }

  /** What the manifest says of it. */
  public MemberEntry entry() {
    return new MemberEntry(PriorEntry.of(prior));
  }

  /** The names of its files. */
  static List<String> names(int index, MemberEntry entry) {
    return entry.prior() instanceof PriorEntry.Exemplar
        ? List.of(file(ENCODER, index), file(DECODER, index), file(EXEMPLARS, index))
        : List.of(file(ENCODER, index), file(DECODER, index));
  }

  /** Puts its files among a bundle's; the arrays are shared. */
  void addTo(SortedMap<String, byte[]> files, int index) {
    files.put(file(ENCODER, index), encoder);
    files.put(file(DECODER, index), decoder);
    if (prior instanceof ExemplarPrior exemplars) {
      files.put(file(EXEMPLARS, index), ExemplarsFile.toBytes(exemplars));
    }
  }

  /**
   * A member of its files among a bundle's; the arrays are shared.
   *
   * @param latents K, as the manifest says
   * @throws InvalidInputException if a file is missing
   * @throws IllegalArgumentException if its exemplars are not what the manifest says
   */
  static Member ofFiles(
      SortedMap<String, byte[]> files, int index, MemberEntry entry, int latents) {
    return new Member(
        ModelBundle.part(files, file(ENCODER, index)),
        ModelBundle.part(files, file(DECODER, index)),
        prior(files, index, entry.prior(), latents));
  }

  private static Prior prior(
      SortedMap<String, byte[]> files, int index, PriorEntry entry, int latents) {
    if (entry instanceof PriorEntry.Exemplar exemplar) {
      String name = file(EXEMPLARS, index);
      Rule.check(
          exemplar.variances().size() == latents,
          "members[%d].prior.variances: expected one for each of %d latents, found %d"
              .formatted(index, latents, exemplar.variances().size()));
      return ExemplarsFile.fromBytes(name, ModelBundle.part(files, name), exemplar);
    }
    return new StandardNormal();
  }
}
