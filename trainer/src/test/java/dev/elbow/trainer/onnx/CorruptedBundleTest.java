package dev.elbow.trainer.onnx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.elbow.bundle.BundleReader;
import dev.elbow.bundle.BundleWriter;
import dev.elbow.bundle.Golden;
import dev.elbow.bundle.ModelBundle;
import dev.elbow.bundle.SigningKey;
import dev.elbow.bundle.TrustedKey;
import dev.elbow.input.InvalidInputException;
import dev.elbow.row.FrontEnd;
import dev.elbow.row.Window;
import dev.elbow.score.Mask;
import dev.elbow.score.Rows;
import dev.elbow.scoring.ScoredRow;
import dev.elbow.scoring.Scorer;
import dev.elbow.trainer.vae.Activation;
import dev.elbow.trainer.vae.Architecture;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A thousand seeded corruptions of a signed bundle, each met with and without the key pinned. None
 * may end in anything but a refusal with a message, or in the model that was signed:
 *
 * <ul>
 *   <li>digests as they were: what is accepted has the original's files, byte for byte;
 *   <li>digests made anew, as by somebody who means it: what is accepted bears another id and
 *       scores the original's golden observations within the original's tolerance;
 *   <li>key pinned: what is accepted is the original, byte for byte, id and all.
 * </ul>
 */
class CorruptedBundleTest {

  private static final int CORRUPTIONS = 1000;
  private static final String SUMS = "SHA256SUMS";
  private static final String SIGNATURE = "SIGNATURE";

  private final Path directory;
  private final Path model;
  private final Optional<TrustedKey> pinned;
  private final SigningKey key;
  private SortedMap<String, byte[]> original = new TreeMap<>();

  CorruptedBundleTest(@TempDir Path directory) {
    this.directory = directory;
    this.model = directory.resolve("model");
    this.pinned = Optional.of(SigningKey.generate(directory.resolve("key")));
    this.key = SigningKey.read(directory.resolve("key"));
  }

  /** How a damaged bundle comes, and whether its digests were made anew. */
  private enum Form {
    DIRECTORY,
    ZIP,
    FILES_IN_NEW_ZIP,
    WITH_NEW_SUMS
  }

  /** What was met. */
  private static final class Tally {
    private int refused;
    private int accepted;
    private int refusedByGolden;
  }

  @Test
  void noCorruptedBundleOfWindowsScores() throws IOException {
    var architecture = new Architecture(6, 2, List.of(8), List.of(8), Activation.TANH, 0.2, 1);
    check(Exports.ofWindows(Exports.exemplars(architecture), 2, Window.ofRows(2), 3), 1);
  }

  @Test
  void noCorruptedBundleOfRowsScores() throws IOException {
    var architecture = new Architecture(3, 2, List.of(8), List.of(8), Activation.SILU, 0.2, 1);
    check(Exports.withMixture(Exports.standard(architecture.withLinearSkips(true)), 2), 2);
  }

  private void check(BundleExport export, long seed) throws IOException {
    ModelBundle bundle = export.toBundle();
    BundleWriter.write(bundle.signedWith(key), model);
    original = filesIn(model);
    var random = new SplittableRandom(seed);
    Tally tally = new Tally();
    for (int i = 0; i < CORRUPTIONS / 2; i++) {
      meet(random.split(), Form.values()[i % Form.values().length], bundle, tally);
    }
    assertThat(tally.refused + tally.accepted).isEqualTo(CORRUPTIONS / 2);
    assertThat(tally.refused).isGreaterThan(CORRUPTIONS / 4);
    assertThat(tally.refusedByGolden).isPositive();
    assertThat(tally.accepted).isPositive();
  }

  private void meet(SplittableRandom random, Form form, ModelBundle bundle, Tally tally)
      throws IOException {
    if (form == Form.DIRECTORY) {
      Path damaged = directory.resolve("damaged");
      write(corruptedFiles(random), damaged);
      assertHarmless(() -> BundleReader.read(damaged), form, bundle, tally);
      assertUntouched(() -> BundleReader.read(damaged, pinned), bundle);
    } else {
      byte[] zip = corruptedZip(random, form);
      assertHarmless(() -> BundleReader.readZip("upload", zip), form, bundle, tally);
      assertUntouched(() -> BundleReader.readZip("upload", zip, pinned), bundle);
    }
  }

  /** Reads a bundle. */
  private interface Reading {
    ModelBundle read();
  }

  private void assertHarmless(Reading reading, Form form, ModelBundle bundle, Tally tally)
      throws IOException {
    try {
      ModelBundle read = reading.read();
      try (Scorer scorer = Scorer.open(read)) {
        tally.accepted++;
        if (form != Form.WITH_NEW_SUMS) {
          assertThat(changedFiles(read)).isSubsetOf(SUMS, SIGNATURE);
        }
        assertThat(error(scorer, bundle.golden())).isLessThanOrEqualTo(bundle.golden().tolerance());
        assertThat(read.id().equals(bundle.id()))
            .isEqualTo(changedFiles(read).stream().allMatch(SIGNATURE::equals));
      }
    } catch (InvalidInputException e) {
      tally.refused++;
      tally.refusedByGolden +=
          String.valueOf(e.getMessage()).startsWith("golden.json: observation") ? 1 : 0;
    }
  }

  private void assertUntouched(Reading reading, ModelBundle bundle) throws IOException {
    try {
      ModelBundle read = reading.read();
      assertThat(read.id()).isEqualTo(bundle.id());
      assertThat(changedFiles(read)).isEmpty();
    } catch (InvalidInputException refused) {
      assertThat(refused).hasMessageContaining(": ");
    }
  }

  /** The largest error of a score or part over the golden observations of the original. */
  private static double error(Scorer scorer, Golden golden) {
    FrontEnd frontEnd = scorer.bundle().frontEnd();
    int count = golden.observations().size();
    Rows x = Rows.zeros(count, frontEnd.features());
    Mask mask = Mask.all(count, frontEnd.features());
    for (int i = 0; i < count; i++) {
      var values = golden.observations().get(i).values();
      frontEnd.windowOf(values.stream().mapToDouble(v -> v).toArray()).write(x, mask, i);
    }
    double largest = 0;
    List<ScoredRow> rows = scorer.score(x, mask);
    for (int i = 0; i < count; i++) {
      var expected = golden.observations().get(i);
      largest = Math.max(largest, Math.abs(rows.get(i).score() - expected.score()));
      largest = Math.max(largest, Math.abs(rows.get(i).kl() - expected.kl()));
    }
    return largest;
  }

  private List<String> changedFiles(ModelBundle read) throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(BundleWriter.toZip(read)))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    }
    return Stream.concat(original.keySet().stream(), files.keySet().stream())
        .distinct()
        .filter(name -> !content(original, name).equals(content(files, name)))
        .toList();
  }

  /** To compare; empty if there is no such file. */
  private static Optional<ByteBuffer> content(SortedMap<String, byte[]> files, String name) {
    return Optional.ofNullable(files.get(name)).map(ByteBuffer::wrap);
  }

  private byte[] corruptedZip(SplittableRandom random, Form form) throws IOException {
    return switch (form) {
      case ZIP -> damaged(random, zip(original));
      case DIRECTORY, FILES_IN_NEW_ZIP -> zip(corruptedFiles(random));
      case WITH_NEW_SUMS -> zip(withNewSums(corruptedFiles(random)));
    };
  }

  /** One file is damaged, or two change places. */
  private SortedMap<String, byte[]> corruptedFiles(SplittableRandom random) {
    SortedMap<String, byte[]> files = new TreeMap<>(original);
    List<Map.Entry<String, byte[]>> all = List.copyOf(original.entrySet());
    Map.Entry<String, byte[]> file = all.get(random.nextInt(all.size()));
    if (random.nextInt(8) == 0) {
      Map.Entry<String, byte[]> other = all.get(random.nextInt(all.size()));
      files.put(file.getKey(), other.getValue());
      files.put(other.getKey(), file.getValue());
    } else {
      files.put(file.getKey(), damaged(random, file.getValue()));
    }
    return files;
  }

  private static byte[] damaged(SplittableRandom random, byte[] content) {
    byte[] damaged = content.clone();
    int at = random.nextInt(content.length);
    int some = 1 + random.nextInt(16);
    switch (random.nextInt(5)) {
      case 0 -> {
        for (int flip = 0; flip < some; flip++) {
          damaged[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      case 1 -> damaged = Arrays.copyOf(content, at);
      case 2 -> damaged = spliced(content, at, at, bytes(random, some));
      case 3 -> damaged = spliced(content, at, Math.min(at + some, content.length), new byte[0]);
      default -> damaged[at] ^= (byte) (1 << random.nextInt(8));
    }
    return damaged;
  }

  private static byte[] bytes(SplittableRandom random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] spliced(byte[] content, int from, int to, byte[] between) {
    var bytes = new ByteArrayOutputStream();
    bytes.write(content, 0, from);
    bytes.write(between, 0, between.length);
    bytes.write(content, to, content.length - to);
    return bytes.toByteArray();
  }

  private static SortedMap<String, byte[]> withNewSums(SortedMap<String, byte[]> files) {
    var lines = new StringBuilder();
    files.forEach(
        (name, content) -> {
          if (!name.equals(SUMS) && !name.equals(SIGNATURE)) {
            lines.append(sha256(content)).append("  ").append(name).append('\n');
          }
        });
    files.put(SUMS, lines.toString().getBytes(UTF_8));
    return files;
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] zip(SortedMap<String, byte[]> files) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
      }
    }
    return bytes.toByteArray();
  }

  private static SortedMap<String, byte[]> filesIn(Path bundle) throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> entries = Files.list(bundle)) {
      for (Path entry : entries.toList()) {
        files.put(entry.getFileName().toString(), Files.readAllBytes(entry));
      }
    }
    return files;
  }

  private static void write(SortedMap<String, byte[]> files, Path to) throws IOException {
    Files.createDirectories(to);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(to.resolve(file.getKey()), file.getValue());
    }
  }
}
