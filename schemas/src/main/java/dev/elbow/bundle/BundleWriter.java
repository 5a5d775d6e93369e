package dev.elbow.bundle;

import dev.elbow.input.InvalidInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a bundle so that a reader finds a whole one or none: into a hidden sibling, forced to
 * disk, then renamed. A bundle that is replaced is moved aside first and comes back if the new one
 * cannot take its place.
 *
 * <p>The bytes are a function of the bundle alone; no time of day enters.
 */
public final class BundleWriter {

  /** The earliest time a zip entry can have; it is given as local time, so no zone enters. */
  private static final LocalDateTime ZIP_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private BundleWriter() {}

  /**
   * Makes sure, before the work that leads to a bundle, that it can be written; changes nothing.
   *
   * @throws InvalidInputException if something that is not a bundle is there, or the nearest parent
   *     that exists is no directory this process may write to
   */
  public static void requireWritable(Path directory) {
    Path parent;
    try {
      checkReplaceable(directory);
      parent = parentOf(targetOf(directory));
    } catch (IOException e) {
      throw cannotWrite(directory, e);
    }
    while (!Files.exists(parent) && parent.getParent() != null) {
      parent = parent.getParent();
    }
    if (!Files.isDirectory(parent) || !Files.isWritable(parent)) {
      throw new InvalidInputException(
          "%s: cannot be written: %s is no directory that may be written to; choose another name"
              .formatted(directory, parent));
    }
  }

  /**
   * Writes a bundle as a directory, in place of the bundle that may be there.
   *
   * <p>Between the two renames of a replacement there is no directory of this name for an instant.
   * If the process dies right then, the old bundle is in the hidden sibling that {@link
   * BundleReader} names in its message.
   *
   * @param directory its parents are made if they are missing
   * @throws InvalidInputException if something that is not a bundle is there, or it cannot be
   *     written
   */
  public static void write(ModelBundle bundle, Path directory) {
    try {
      Path target = targetOf(directory);
      checkReplaceable(directory);
      Files.createDirectories(parentOf(target));
      Path fresh = freshSiblingOf(target);
      try {
        Files.createDirectory(fresh);
        for (Map.Entry<String, byte[]> file : bundle.files().entrySet()) {
          Disk.writeForced(fresh.resolve(file.getKey()), file.getValue());
        }
        Disk.force(fresh);
        replace(target, fresh);
      } finally {
        Disk.deleteDirectory(fresh);
      }
    } catch (IOException e) {
      throw cannotWrite(directory, e);
    }
  }

  /**
   * Writes a bundle as a zip, in place of the file that may be there.
   *
   * @param file its parents are made if they are missing
   * @throws InvalidInputException if a directory is there, or it cannot be written
   */
  public static void writeZip(ModelBundle bundle, Path file) {
    if (Files.isDirectory(file)) {
      throw new InvalidInputException(
          "%s: expected a file to write, found a directory; choose another name".formatted(file));
    }
    try {
      Path target = file.toAbsolutePath();
      Files.createDirectories(parentOf(target));
      Path fresh = freshSiblingOf(target);
      try {
        Disk.writeForced(fresh, toZip(bundle));
        Disk.rename(fresh, target);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  /**
   * The bundle as a zip. Entries are stored, not deflated: float weights hardly shrink, and stored
   * bytes do not depend on a version of zlib.
   */
  public static byte[] toZip(ModelBundle bundle) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : bundle.files().entrySet()) {
        zip.putNextEntry(stored(file.getKey(), file.getValue()));
        zip.write(file.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a zip cannot be written to memory", e);
    }
    return bytes.toByteArray();
  }

  private static ZipEntry stored(String name, byte[] content) {
    var crc = new CRC32();
    crc.update(content);
    var entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    entry.setTimeLocal(ZIP_TIME);
    return entry;
  }

  /** A link stays: what it points to is replaced. */
  private static Path targetOf(Path directory) throws IOException {
    return Files.exists(directory) ? directory.toRealPath() : directory.toAbsolutePath();
  }

  /** Where the old bundle is while a new one takes its place. */
  static Path asideOf(Path target) {
    return target.resolveSibling("." + target.getFileName() + ".old");
  }

  private static Path freshSiblingOf(Path target) {
    return target.resolveSibling("." + target.getFileName() + ".new-" + UUID.randomUUID());
  }

  private static Path parentOf(Path target) {
    Path parent = target.getParent();
    if (parent == null) {
      throw new InvalidInputException(target + ": a bundle cannot be a file system's root");
    }
    return parent;
  }

  private static void replace(Path target, Path fresh) throws IOException {
    if (!Files.exists(target)) {
      Disk.rename(fresh, target);
    } else {
      Path aside = asideOf(target);
      Disk.deleteDirectory(aside);
      Disk.rename(target, aside);
      try {
        Disk.rename(fresh, target);
      } catch (IOException e) {
        Disk.rename(aside, target);
        throw e;
      }
    }
    Disk.deleteDirectory(asideOf(target));
  }

  /**
   * A bundle, even a damaged one, an empty directory or nothing: else it is not ours to replace.
   */
  private static void checkReplaceable(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    if (!Files.isDirectory(directory)) {
      throw new InvalidInputException(
          "%s: expected a directory or nothing, found a file; choose another name"
              .formatted(directory));
    }
    try (Stream<Path> entries = Files.list(directory)) {
      List<String> strangers =
          entries
              .map(entry -> entry.getFileName().toString())
              .filter(name -> !ModelBundle.mayHave(name))
              .sorted()
              .toList();
      if (!strangers.isEmpty()) {
        throw new InvalidInputException(
            "%s: expected a bundle or an empty directory to replace, found %s; choose another name"
                .formatted(directory, strangers.subList(0, Math.min(3, strangers.size()))));
      }
    }
  }

  private static InvalidInputException cannotWrite(Path path, IOException e) {
    return new InvalidInputException("%s: cannot be written: %s".formatted(path, e), e);
  }
}
