package dev.elbow.input;

/**
 * Something handed in from outside cannot be used: a file, an option, a configuration, a bundle.
 *
 * <p>The message is complete for the person who reads it: what, where, what was expected, what was
 * found and what to do. A command that ends with this exception prints the message alone, without a
 * stack trace, and exits with 2.
 */
public final class InvalidInputException extends RuntimeException {

  /**
   * @param message what, where, expected, found and what to do, in one or a few lines
   */
  public InvalidInputException(String message) {
    super(message);
  }

  /**
   * @param message what, where, expected, found and what to do, in one or a few lines
   * @param cause what went wrong underneath, kept for logs
   */
  public InvalidInputException(String message, Throwable cause) {
    super(message, cause);
  }
}
