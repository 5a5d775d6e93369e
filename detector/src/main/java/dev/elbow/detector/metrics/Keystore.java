package dev.elbow.detector.metrics;

import dev.elbow.input.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** The server's certificate and private key, in a PKCS #12 file. */
public final class Keystore {

  private Keystore() {}

  /**
   * Reads one.
   *
   * @param password of the file and the key in it; in no message
   * @throws InvalidInputException if it cannot be read, has another password or holds no key
   */
  public static SSLContext read(Path file, String password) {
    char[] secret = password.toCharArray();
    try (InputStream bytes = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(bytes, secret);
      if (Collections.list(store.aliases()).stream().noneMatch(alias -> isKey(store, alias))) {
        throw new InvalidInputException(
            file + ": expected a private key with its certificate, found none");
      }
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, secret);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (NoSuchFileException e) {
      throw new InvalidInputException(file + ": no such file; expected a PKCS #12 keystore", e);
    } catch (IOException | GeneralSecurityException e) {
      throw new InvalidInputException(
          "%s: cannot be read as a PKCS #12 keystore with the password given: %s"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private static boolean isKey(KeyStore store, String alias) {
    try {
      return store.isKeyEntry(alias);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the keystore was loaded", e);
    }
  }
}
