package dev.elbow.bundle;

import dev.elbow.input.InvalidInputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Reads a bundle and believes nothing: signature and digests are checked before anything is parsed,
 * and the whole is in memory before it is used, so that nobody can change it afterwards.
 *
 * <p>What is wrong is an {@link InvalidInputException} that names the bundle, the file, what was
 * expected, what was found and what to do.
 */
public final class BundleReader {

  /** No file of a bundle is larger: the networks of 2,432 sensors have 5 MB each. */
  static final int MAX_FILE_BYTES = 64 << 20;

  /** No bundle has more files: three for each of at most {@link Manifest#MAX_MEMBERS} members. */
  static final int MAX_FILES = 64;

  /** Nor is it larger than this: 16 members of 2,432 sensors have 160 MB. */
  static final int MAX_BYTES = 256 << 20;

  private BundleReader() {}

  /**
   * Reads a directory or a zip. In a directory, files whose names begin with a dot are no part of
   * the bundle and are passed over.
   *
   * @throws InvalidInputException if there is no readable bundle
   */
  public static ModelBundle read(Path directoryOrZip) {
    return read(directoryOrZip, Optional.empty());
  }

  /**
   * The same, and nothing of it is parsed unless it is signed as asked.
   *
   * @param signer whose signature there must be; empty: signed or not, by whomever
   * @throws InvalidInputException if there is no readable bundle, or it is not signed as asked
   */
  public static ModelBundle read(Path directoryOrZip, Optional<TrustedKey> signer) {
    String name = directoryOrZip.toString();
    if (Files.isDirectory(directoryOrZip)) {
      if (!Files.exists(directoryOrZip.resolve(Sha256Sums.NAME))
          && !Files.exists(directoryOrZip.resolve(ModelBundle.MANIFEST))) {
        throw new InvalidInputException(
            name + ": expected a bundle, found a directory with no file of one");
      }
      return read(name, signer, () -> directory(directoryOrZip));
    }
    if (Files.isRegularFile(directoryOrZip)) {
      return read(name, signer, () -> zip(Files.newInputStream(directoryOrZip)));
    }
    throw new InvalidInputException(
        "%s: expected a bundle, a directory or a zip, found no such file; %s"
            .formatted(name, advice(directoryOrZip)));
  }

  /**
   * Reads the bytes of a zip.
   *
   * @param name what messages call it
   * @throws InvalidInputException if it is not a readable bundle
   */
  public static ModelBundle readZip(String name, byte[] zip) {
    return readZip(name, zip, Optional.empty());
  }

  /**
   * The same, and nothing of it is parsed unless it is signed as asked.
   *
   * @param name what messages call it
   * @param signer whose signature there must be; empty: signed or not, by whomever
   * @throws InvalidInputException if it is not a readable bundle, or it is not signed as asked
   */
  public static ModelBundle readZip(String name, byte[] zip, Optional<TrustedKey> signer) {
    return read(name, signer, () -> zip(new ByteArrayInputStream(zip)));
  }

  private static String advice(Path missing) {
    Path aside = BundleWriter.asideOf(missing.toAbsolutePath());
    return Files.isDirectory(aside)
        ? "a replacement was interrupted: move " + aside + " back to this name"
        : "train one with: elbow train --model " + missing;
  }

  /** A bundle's files by name, from wherever they are. */
  private interface Content {
    SortedMap<String, byte[]> read() throws IOException;
  }

  private static ModelBundle read(String name, Optional<TrustedKey> signer, Content content) {
    try {
      return ModelBundle.ofFiles(content.read(), signer);
    } catch (InvalidInputException e) {
      throw new InvalidInputException(name + ": " + e.getMessage(), e);
    } catch (IOException | DirectoryIteratorException e) {
      throw new InvalidInputException("%s: cannot be read: %s".formatted(name, e), e);
    }
  }

  private static SortedMap<String, byte[]> directory(Path directory) throws IOException {
    var files = new TreeMap<String, byte[]>();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(directory, entry -> !name(entry).startsWith("."))) {
      for (Path entry : entries) {
        checkCount(files.size() + 1);
        if (!Files.isRegularFile(entry)) {
          throw new InvalidInputException(
              name(entry) + ": expected a file, found something else; remove it");
        }
        try (InputStream in = Files.newInputStream(entry)) {
          files.put(name(entry), content(name(entry), in));
        }
        checkSize(files);
      }
    }
    return files;
  }

  private static String name(Path entry) {
    return String.valueOf(entry.getFileName());
  }

  private static SortedMap<String, byte[]> zip(InputStream in) throws IOException {
    var files = new TreeMap<String, byte[]>();
    try (var zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        checkCount(files.size() + 1);
        checkEntry(entry);
        if (files.put(entry.getName(), content(entry.getName(), zip)) != null) {
          throw new InvalidInputException(
              entry.getName() + ": twice in the zip; zip the bundle again");
        }
        checkSize(files);
      }
    } catch (IllegalArgumentException e) { // so Java 17 says it; later ones throw a ZipException
      throw new InvalidInputException(
          "expected plain file names in the zip, found one that is not UTF-8; zip the bundle again",
          e);
    }
    if (files.isEmpty()) {
      throw new InvalidInputException("expected a bundle, found no zip or an empty one");
    }
    return files;
  }

  /** Names are looked up, never written to, and still none may lead out of the bundle. */
  private static void checkEntry(ZipEntry entry) {
    String name = entry.getName();
    if (entry.isDirectory() || !name.matches("[A-Za-z0-9][\\w.-]*")) {
      throw new InvalidInputException(
          "entry \"%s\": expected plain file names without a directory; zip the files themselves:"
                  .formatted(name)
              + " cd MODEL && zip ../MODEL.zip *");
    }
  }

  private static byte[] content(String name, InputStream in) throws IOException {
    byte[] content = in.readNBytes(MAX_FILE_BYTES + 1);
    if (content.length > MAX_FILE_BYTES) {
      throw new InvalidInputException(
          "%s: expected at most %,d bytes, found more; this is no file of a bundle"
              .formatted(name, MAX_FILE_BYTES));
    }
    return content;
  }

  private static void checkSize(SortedMap<String, byte[]> files) {
    if (files.values().stream().mapToLong(content -> content.length).sum() > MAX_BYTES) {
      throw new InvalidInputException(
          "expected at most %,d bytes in all files, found more; this is no bundle"
              .formatted(MAX_BYTES));
    }
  }

  private static void checkCount(int files) {
    if (files > MAX_FILES) {
      throw new InvalidInputException(
          "expected at most %d files, found more; this is no bundle".formatted(MAX_FILES));
    }
  }
}
