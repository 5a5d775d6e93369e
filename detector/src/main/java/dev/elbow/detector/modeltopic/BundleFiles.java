package dev.elbow.detector.modeltopic;

import dev.elbow.bundle.BundleReader;
import dev.elbow.bundle.ModelBundle;
import dev.elbow.bundle.TrustedKey;
import dev.elbow.identity.Sha256;
import dev.elbow.input.InvalidInputException;
import dev.elbow.modeltopic.BundleChunk;
import dev.elbow.modeltopic.BundleFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Bundles of the models topic as files on this machine: their chunks as they come, and the zip when
 * it is whole, so that memory holds no more than what scores. All of it can be read from the topic
 * again.
 *
 * <p>Chunks are written by one thread; {@link #read} may be called by any.
 */
public final class BundleFiles {

  private static final String ZIP = ".zip";
  private static final String UNFINISHED = ".new";

  private final Path directory;
  private final Optional<TrustedKey> signer;

  /**
   * @param directory made if it is missing
   * @param signer whose signature every bundle must have; empty: signed or not, by whomever
   * @throws InvalidInputException if it cannot be made
   */
  public BundleFiles(Path directory, Optional<TrustedKey> signer) {
    this.directory = directory;
    this.signer = signer;
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new InvalidInputException(
          "state.dir: %s cannot be made for the bundles of the models topic: %s"
              .formatted(directory, e),
          e);
    }
  }

  /** Keeps a chunk. */
  void put(BundleChunk chunk) throws IOException {
    Path parts = parts(chunk.file().bundle());
    Files.createDirectories(parts);
    Files.write(parts.resolve(Integer.toString(chunk.index())), chunk.content());
  }

  /**
   * Makes the zip of its chunks, which must all have been put.
   *
   * @throws InvalidInputException if it is not what the topic says it is
   */
  void assemble(BundleFile file) throws IOException {
    Path unfinished = directory.resolve(file.bundle() + UNFINISHED);
    Sha256 sha256 = new Sha256();
    try (OutputStream out = Files.newOutputStream(unfinished)) {
      for (int i = 0; i < file.chunks(); i++) {
        byte[] part = Files.readAllBytes(parts(file.bundle()).resolve(Integer.toString(i)));
        sha256.add(part);
        out.write(part);
      }
    }
    deleteDirectory(parts(file.bundle()));
    String found = sha256.hex();
    if (!found.equals(file.sha256())) {
      throw new InvalidInputException(
          "bundle %s: expected chunks that make a zip of SHA-256 %s, found %s; publish it again"
              .formatted(file.bundle(), file.sha256(), found));
    }
    Files.move(
        unfinished,
        zip(file.bundle()),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Reads a bundle.
   *
   * @param id what it must be
   * @throws InvalidInputException if it cannot be read, or is another
   */
  public ModelBundle read(String id) {
    ModelBundle bundle = BundleReader.read(zip(id), signer);
    if (!bundle.id().equals(id)) {
      throw new InvalidInputException(
          "bundle %s: expected a bundle of this id on the topic, found %s; publish it again"
              .formatted(id, bundle.id()));
    }
    return bundle;
  }

  /** Deletes what is there of bundles other than these. */
  void keepOnly(Set<String> bundles) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      for (Path entry : entries.toList()) {
        String name = String.valueOf(entry.getFileName());
        String id = name.endsWith(ZIP) ? name.substring(0, name.length() - ZIP.length()) : name;
        if (!bundles.contains(id)) {
          deleteDirectory(entry);
        }
      }
    }
  }

  private Path zip(String id) {
    return directory.resolve(id + ZIP);
  }

  private Path parts(String id) {
    return directory.resolve(id);
  }

  /** Or a file. */
  private static void deleteDirectory(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> entries = Files.walk(directory)) {
      List<Path> deepestFirst = entries.sorted(Comparator.reverseOrder()).toList();
      for (Path entry : deepestFirst) {
        Files.deleteIfExists(entry);
      }
    }
  }
}
