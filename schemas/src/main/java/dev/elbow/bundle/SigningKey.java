package dev.elbow.bundle;

import dev.elbow.input.InvalidInputException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;

/**
 * The private half of an Ed25519 key pair (RFC 8032), which signs bundles. It is shown nowhere: not
 * by {@code toString}, not in a message.
 */
public final class SigningKey {

  private final PrivateKey key;

  private SigningKey(PrivateKey key) {
    this.key = key;
  }

  /**
   * Reads a key: PKCS#8 in PEM, without a passphrase, as {@code openssl genpkey -algorithm ed25519}
   * writes it.
   *
   * @throws InvalidInputException if there is no such key in the file
   */
  public static SigningKey read(Path file) {
    byte[] encoded = Pem.read(file, Pem.PRIVATE_KEY);
    try {
      return new SigningKey(
          KeyFactory.getInstance(TrustedKey.ALGORITHM)
              .generatePrivate(new PKCS8EncodedKeySpec(encoded)));
    } catch (GeneralSecurityException e) {
      // Without the cause, which could quote what it could not read.
      throw new InvalidInputException(
          "%s: expected a private key of Ed25519, found another kind or a damaged one; make one with:"
                  .formatted(file)
              + " elbow keygen");
    }
  }

  /**
   * Makes a new pair: the private key in {@code file}, which only its owner may read, the public
   * one beside it in {@link #publicFile}.
   *
   * @return the public key
   * @throws InvalidInputException if one of the files is there already or cannot be written
   */
  public static TrustedKey generate(Path file) {
    KeyPair pair;
    try {
      pair = KeyPairGenerator.getInstance(TrustedKey.ALGORITHM).generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform from 15 on has Ed25519", e);
    }
    Path shared = publicFile(file);
    requireNew(shared);
    write(file, Pem.toBytes(Pem.PRIVATE_KEY, pair.getPrivate().getEncoded()), ownerOnly(file));
    write(shared, Pem.toBytes(Pem.PUBLIC_KEY, pair.getPublic().getEncoded()));
    return new TrustedKey(pair.getPublic());
  }

  /** Where {@link #generate} puts the public key. */
  public static Path publicFile(Path file) {
    return file.resolveSibling(file.getFileName() + ".pub");
  }

  /** 64 bytes. */
  byte[] sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance(TrustedKey.ALGORITHM);
      signature.initSign(key);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("signing failed", e);
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private static void write(Path file, byte[] content, FileAttribute<?>... attributes) {
    try {
      Files.write(Files.createFile(file, attributes), content, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException e) {
      throw alreadyThere(file);
    } catch (IOException e) {
      throw new InvalidInputException("%s: cannot be written: %s".formatted(file, e), e);
    }
  }

  private static void requireNew(Path file) {
    if (Files.exists(file)) {
      throw alreadyThere(file);
    }
  }

  /** Whoever overwrites a key can never sign with it again. */
  private static InvalidInputException alreadyThere(Path file) {
    return new InvalidInputException(
        file + ": there is a file already, and a key is not overwritten; choose another name");
  }
}
