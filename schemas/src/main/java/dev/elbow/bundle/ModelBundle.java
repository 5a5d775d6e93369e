package dev.elbow.bundle;

import dev.elbow.alarm.AlarmState;
import dev.elbow.alarm.Judgement;
import dev.elbow.identity.Sha256;
import dev.elbow.input.InvalidInputException;
import dev.elbow.row.FrontEnd;
import dev.elbow.row.RowTransform;
import dev.elbow.score.Draws;
import dev.elbow.score.WeightedMixture;
import dev.elbow.score.Whitening;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A bundle in memory: the networks of its members, everything else the score needs, and where it
 * came from. Its parts are known to fit each other; whether the networks are what the manifest says
 * is for the gate to find out. It never changes.
 */
public final class ModelBundle {

  static final String MANIFEST = "manifest.json";
  static final String GOLDEN = "golden.json";
  static final String CALIBRATION = "calibration.f64";
  static final String REPORT = "report.html";

  /** The whitening, of a model of windows. */
  static final String WHITENING = "whitening.f64";

  /** The exemplar mixture, of a model of single rows that has one. */
  static final String MIXTURE = "mixture.f64";

  /**
   * The files that every bundle has beside its members', {@link Sha256Sums#NAME} and, where it is
   * signed, {@link TrustedKey#SIGNATURE}.
   */
  private static final Set<String> SHARED = Set.of(MANIFEST, GOLDEN, CALIBRATION, REPORT);

  /** Every name that a file of a bundle can have. */
  private static final Pattern NAME =
      Pattern.compile(
          "(encoder|decoder)(-\\d+)?\\.onnx|exemplars(-\\d+)?\\.f64|whitening\\.f64|mixture\\.f64|"
              + Stream.concat(SHARED.stream(), Stream.of(Sha256Sums.NAME, TrustedKey.SIGNATURE))
                  .map(Pattern::quote)
                  .collect(Collectors.joining("|")));

  private final SortedMap<String, byte[]> files;
  private final byte[] sums;
  private final Optional<byte[]> signature;
  private final String id;
  private final Manifest manifest;
  private final Golden golden;
  private final HeldOutScores calibration;
  private final List<Member> members;
  private final Optional<WeightedMixture> mixture;
  private final FrontEnd frontEnd;
  private final Draws draws;

  private ModelBundle(
      SortedMap<String, byte[]> files,
      byte[] sums,
      Optional<byte[]> signature,
      Manifest manifest,
      Golden golden,
      HeldOutScores calibration,
      FrontEnd frontEnd,
      List<Member> members,
      Optional<WeightedMixture> mixture) {
    this.files = files;
    this.sums = sums;
    this.signature = signature;
    this.id = Sha256.hexOf(sums);
    this.manifest = manifest;
    this.golden = golden;
    this.calibration = calibration;
    this.members = List.copyOf(members);
    this.mixture = mixture;
    frontEnd.requireFits(mixture);
    this.frontEnd = frontEnd;
    this.draws = manifest.toDraws();
    checkParts();
  }

  /**
   * A new bundle of its parts.
   *
   * @param whitening of the windows that the manifest tells of; empty for single rows
   * @param members those that the manifest names, in its order
   * @param mixture that the manifest tells of
   * @param report the training's report, HTML
   * @throws IllegalArgumentException if the parts do not fit each other
   */
  public static ModelBundle of(
      Manifest manifest,
      Golden golden,
      HeldOutScores calibration,
      Optional<Whitening> whitening,
      List<Member> members,
      Optional<WeightedMixture> mixture,
      String report) {
    Rule.check(
        manifest.members().equals(members.stream().map(Member::entry).toList()),
        "members: the manifest does not describe those given");
    Rule.check(
        manifest.mixture().equals(MixtureEntry.of(mixture)),
        "mixture: the manifest does not describe that given");
    var files = new TreeMap<String, byte[]>();
    for (int m = 0; m < members.size(); m++) {
      members.get(m).addTo(files, m);
    }
    files.put(MANIFEST, BundleJson.manifestToBytes(manifest));
    files.put(GOLDEN, BundleJson.goldenToBytes(golden));
    files.put(CALIBRATION, calibration.toBytes());
    files.put(REPORT, report.getBytes(StandardCharsets.UTF_8));
    whitening.ifPresent(map -> files.put(WHITENING, WhiteningFile.toBytes(map)));
    mixture.ifPresent(part -> files.put(MIXTURE, MixtureFile.toBytes(part.mixture())));
    return new ModelBundle(
        files,
        Sha256Sums.of(files),
        Optional.empty(),
        manifest,
        golden,
        calibration,
        manifest.frontEnd(whitening),
        members,
        mixture);
  }

  /**
   * A bundle of its files: the signature first, if it must be signed, then digests, format and
   * version, the parts, and how they fit.
   *
   * @param found file name to content, {@link Sha256Sums#NAME} among them; not copied
   * @param signer whose signature there must be; empty: signed or not, by whomever
   * @throws InvalidInputException if anything is wrong; the message begins with the file's name
   */
  static ModelBundle ofFiles(SortedMap<String, byte[]> found, Optional<TrustedKey> signer) {
    var files = new TreeMap<>(found);
    byte[] sums = files.remove(Sha256Sums.NAME);
    if (sums == null) {
      throw new InvalidInputException(
          "%s: missing; expected a bundle's files, found %s"
              .formatted(Sha256Sums.NAME, files.keySet()));
    }
    Optional<byte[]> signature = signature(files.remove(TrustedKey.SIGNATURE));
    signer.ifPresent(key -> key.check(sums, signature));
    Sha256Sums.check(sums, files);
    Manifest manifest = BundleJson.manifestFromBytes(MANIFEST, part(files, MANIFEST));
    checkNames(files.keySet(), manifest);
    Golden golden = BundleJson.goldenFromBytes(GOLDEN, part(files, GOLDEN));
    try {
      HeldOutScores calibration = calibration(part(files, CALIBRATION));
      return new ModelBundle(
          files,
          sums,
          signature,
          manifest,
          golden,
          calibration,
          manifest.frontEnd(whitening(files, manifest)),
          members(files, manifest),
          mixture(files, manifest));
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(e.getMessage() + "; train the bundle again", e);
    }
  }

  private static Optional<byte[]> signature(byte @Nullable [] content) {
    if (content != null && content.length != TrustedKey.SIGNATURE_BYTES) {
      throw new InvalidInputException(
          "%s: expected %d bytes, found %d; remove the file or sign the bundle again"
              .formatted(TrustedKey.SIGNATURE, TrustedKey.SIGNATURE_BYTES, content.length));
    }
    return Optional.ofNullable(content);
  }

  private static HeldOutScores calibration(byte[] bytes) {
    try {
      return HeldOutScores.fromBytes(bytes);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(CALIBRATION + ": " + e.getMessage(), e);
    }
  }

  private static Optional<Whitening> whitening(SortedMap<String, byte[]> files, Manifest manifest) {
    if (manifest.window().toWindow().isSingleRow()) {
      return Optional.empty();
    }
    try {
      byte[] bytes = part(files, WHITENING);
      return Optional.of(WhiteningFile.fromBytes(bytes, manifest.features()));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(WHITENING + ": " + e.getMessage(), e);
    }
  }

  private static Optional<WeightedMixture> mixture(
      SortedMap<String, byte[]> files, Manifest manifest) {
    if (!(manifest.mixture() instanceof MixtureEntry.Exemplars entry)) {
      return Optional.empty();
    }
    try {
      byte[] bytes = part(files, MIXTURE);
      return Optional.of(
          new WeightedMixture(
              entry.weight(), MixtureFile.fromBytes(bytes, entry, manifest.squash())));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(MIXTURE + ": " + e.getMessage(), e);
    }
  }

  private static List<Member> members(SortedMap<String, byte[]> files, Manifest manifest) {
    return IntStream.range(0, manifest.members().size())
        .mapToObj(m -> Member.ofFiles(files, m, manifest.members().get(m), manifest.latents()))
        .toList();
  }

  /**
   * @throws InvalidInputException if there is no such file
   */
  static byte[] part(SortedMap<String, byte[]> files, String name) {
    byte[] content = files.get(name);
    if (content == null) {
      throw new InvalidInputException(
          "%s: missing; restore the file or train the bundle again".formatted(name));
    }
    return content;
  }

  /** The same bundle, of the same id, with this signature in place of the one it may have. */
  public ModelBundle signedWith(SigningKey key) {
    return new ModelBundle(
        files,
        sums,
        Optional.of(key.sign(sums)),
        manifest,
        golden,
        calibration,
        frontEnd,
        members,
        mixture);
  }

  private static void checkNames(Set<String> names, Manifest manifest) {
    var expected = new TreeSet<>(SHARED);
    if (!manifest.window().toWindow().isSingleRow()) {
      expected.add(WHITENING);
    }
    if (manifest.mixture() instanceof MixtureEntry.Exemplars) {
      expected.add(MIXTURE);
    }
    for (int m = 0; m < manifest.members().size(); m++) {
      expected.addAll(Member.names(m, manifest.members().get(m)));
    }
    if (!names.equals(expected)) {
      throw new InvalidInputException(
          "%s: expected the files %s, found %s; restore the bundle or train it again"
              .formatted(Sha256Sums.NAME, expected, names));
    }
  }

  /** Whether a bundle can have a file of this name. */
  static boolean mayHave(String name) {
    return NAME.matcher(name).matches();
  }

  private void checkParts() {
    int sensors = manifest.sensors().size();
    int values = frontEnd.window().rows() * sensors;
    for (int i = 0; i < golden.observations().size(); i++) {
      var observation = golden.observations().get(i);
      Rule.check(
          observation.values().size() == values && observation.contributions().size() == sensors,
          "%s: observation %d has %d values and %d contributions; expected %d and %d by %s"
              .formatted(
                  GOLDEN,
                  i,
                  observation.values().size(),
                  observation.contributions().size(),
                  values,
                  sensors,
                  MANIFEST));
    }
    Rule.check(
        manifest.threshold().heldOutRows() == calibration.count(),
        "%s: has %d scores, %s says %d held-out rows"
            .formatted(
                CALIBRATION, calibration.count(), MANIFEST, manifest.threshold().heldOutRows()));
  }

  /** SHA-256 of {@code SHA256SUMS}, 64 lower-case hexadecimal digits: it names the content. */
  public String id() {
    return id;
  }

  /** What {@code manifest.json} says. */
  public Manifest manifest() {
    return manifest;
  }

  /** Observations with the trainer's scores. */
  public Golden golden() {
    return golden;
  }

  /** The held-out scores. */
  public HeldOutScores calibration() {
    return calibration;
  }

  /** The alarm state of an entity of which nothing has been scored yet. */
  public AlarmState start() {
    return manifest.alarms().start();
  }

  /**
   * What a row means for its entity.
   *
   * @param before the entity's state after the row before
   * @param score of the row, in nats; NaN or infinite if it has none
   */
  public Judgement judge(AlarmState before, double score) {
    return manifest.alarms().judge(before, score, manifest.threshold().score());
  }

  /**
   * The share of normal observations with a statistic at least as high, by the threshold's tail.
   *
   * @param statistic of a {@link Judgement}; NaN gives NaN
   * @return in (0, 1]
   */
  public double tailProbability(double statistic) {
    return manifest.threshold().tail().probability(statistic, calibration);
  }

  /** The autoencoders whose scores are averaged, at least one. */
  public List<Member> members() {
    return members;
  }

  /** The exemplar mixture beside them in the score; empty if there is none. */
  public Optional<WeightedMixture> mixture() {
    return mixture;
  }

  /** The training's report, HTML. */
  public String report() {
    return new String(content(REPORT), StandardCharsets.UTF_8);
  }

  /** From engineering units to model rows, and back. */
  public RowTransform rowTransform() {
    return frontEnd.transform();
  }

  /** All that stands between an entity's rows and the networks. */
  public FrontEnd frontEnd() {
    return frontEnd;
  }

  /** The fixed draws of the score. */
  public Draws draws() {
    return draws;
  }

  /**
   * Every file's content by name, {@code SHA256SUMS} and the signature among them; shared, not to
   * be written.
   */
  SortedMap<String, byte[]> files() {
    var all = new TreeMap<>(files);
    all.put(Sha256Sums.NAME, sums);
    signature.ifPresent(bytes -> all.put(TrustedKey.SIGNATURE, bytes));
    return Collections.unmodifiableSortedMap(all);
  }

  private byte[] content(String name) {
    return part(files, name).clone();
  }
}
