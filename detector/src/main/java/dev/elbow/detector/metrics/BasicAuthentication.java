package dev.elbow.detector.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;

/**
 * One user with a password, by the Basic scheme of HTTP (RFC 7617). Safe for use by several
 * threads.
 *
 * <p>What was right once is remembered, so that Prometheus, who comes every few seconds, costs
 * nothing; what is wrong is tried one after the other, so that guessing takes one core at most.
 */
public final class BasicAuthentication {

  private static final String SCHEME = "Basic ";

  private final String user;
  private final Password password;
  private volatile Optional<byte[]> admitted = Optional.empty();

  /**
   * @param user without a colon
   */
  public BasicAuthentication(String user, Password password) {
    this.user = user;
    this.password = password;
  }

  /**
   * Whether a request may be answered.
   *
   * @param header its field {@code Authorization}, if it has one
   */
  boolean admits(Optional<String> header) {
    return header.isPresent()
        && header.get().regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        && admits(header.get().substring(SCHEME.length()).strip());
  }

  private boolean admits(String encoded) {
    byte[] credentials;
    try {
      credentials = Base64.getDecoder().decode(encoded);
    } catch (IllegalArgumentException noBase64) {
      return false;
    }
    return admitted.filter(right -> MessageDigest.isEqual(right, credentials)).isPresent()
        || verify(credentials);
  }

  private synchronized boolean verify(byte[] credentials) {
    String text = new String(credentials, UTF_8);
    int colon = text.indexOf(':');
    if (colon < 0) {
      return false;
    }
    // Both are compared, so that the time it takes tells neither.
    boolean isUser =
        MessageDigest.isEqual(user.getBytes(UTF_8), text.substring(0, colon).getBytes(UTF_8));
    boolean isPassword = password.matches(text.substring(colon + 1));
    boolean right = isUser && isPassword;
    if (right) {
      admitted = Optional.of(credentials);
    }
    return right;
  }
}
