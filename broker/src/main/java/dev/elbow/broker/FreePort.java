package dev.elbow.broker;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds ports to listen on, below the range that operating systems give to outgoing connections
 * (from 32768 on Linux). From within that range a client that keeps dialling a stopped broker on
 * the same machine is sooner or later given the broker's own port as its source, connects to
 * itself, and holds the port when the broker comes back.
 */
public final class FreePort {

  private static final int FIRST = 15_000;
  private static final int END = 32_000;
  private static final int ATTEMPTS = 200;

  private FreePort() {}

  /**
   * A port that nothing listens on at the moment.
   *
   * @param taken ports that will not do
   * @throws BindException if none was found
   */
  public static int find(String host, int... taken) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, END);
      if (!contains(taken, port) && isFree(host, port)) {
        return port;
      }
    }
    throw new BindException("no free port between " + FIRST + " and " + (END - 1));
  }

  /**
   * Kafka halts the process when it cannot bind, so this is asked first.
   *
   * @throws BindException if the port cannot be listened on
   */
  static void requireFree(String host, int port) throws IOException {
    if (!isFree(host, port)) {
      throw new BindException(
          "port %d on %s is in use or not allowed; choose another, or 0 for any free one"
              .formatted(port, host));
    }
  }

  private static boolean isFree(String host, int port) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true); // as Kafka does: connections that linger do not matter
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
      return true;
    } catch (BindException e) {
      return false;
    }
  }

  private static boolean contains(int[] ports, int port) {
    for (int other : ports) {
      if (other == port) {
        return true;
      }
    }
    return false;
  }
}
