package dev.elbow.detector.metrics;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Where and to whom metrics and health are served.
 *
 * @param host the address to listen on
 * @param port 0 for any that is free
 * @param authentication who may read the metrics; everyone if empty
 * @param tls with the server's certificate; plain HTTP if empty
 */
public record OpsSettings(
    String host, int port, Optional<BasicAuthentication> authentication, Optional<SSLContext> tls) {

  /** Whether nobody beyond this machine can connect. */
  public boolean isLoopback() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false; // which is told when it is to be listened on
    }
  }

  /** What whoever is in the same network can do; empty if that is nothing. */
  public Optional<String> exposure() {
    if (isLoopback()) {
      return Optional.empty();
    }
    if (authentication.isEmpty()) {
      return Optional.of("metrics can be read without a password");
    }
    return tls.isEmpty()
        ? Optional.of("the password of the metrics goes over the network unencrypted")
        : Optional.empty();
  }
}
