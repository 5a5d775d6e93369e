package dev.elbow.input;

import java.util.Arrays;

/**
 * Why a Kafka client does not take its settings or does not get its answer, for a person to read.
 *
 * <p>Kafka repeats words of a login configuration it cannot read, and a password may be among them.
 * Neither the message nor the cause of what is made here holds any.
 */
public final class ClientRefusal {

  private ClientRefusal() {}

  /**
   * What to throw.
   *
   * @param before says what was refused and by whom; a colon and the reason follow
   * @param thrown by the client or by what waits for its answer
   * @param after what to do about it, or empty
   */
  public static InvalidInputException of(String before, Throwable thrown, String after) {
    Throwable root = root(thrown);
    if (repeatsSecrets(root)) {
      return new InvalidInputException(
          "sasl.jaas.config: cannot be read; expected a login module's class, required, options"
              + " as name=\"value\" and a semicolon at the end");
    }
    return new InvalidInputException(before + ": " + reason(root) + after, thrown);
  }

  private static boolean repeatsSecrets(Throwable root) {
    return Arrays.stream(root.getStackTrace())
        .anyMatch(frame -> frame.getClassName().contains("JaasConfig"));
  }

  private static Throwable root(Throwable thrown) {
    return thrown.getCause() == null ? thrown : root(thrown.getCause());
  }

  private static String reason(Throwable root) {
    return root.getMessage() == null || root.getMessage().isBlank()
        ? root.getClass().getSimpleName()
        : root.getMessage();
  }
}
