package dev.elbow.cli;

import dev.elbow.input.InvalidInputException;
import java.io.PrintWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * The one place where an exception becomes a message and an exit code: 2 with the message alone for
 * input that cannot be used, 1 for everything else. The stack trace goes to the log at debug level.
 */
final class FailureReport implements IExecutionExceptionHandler {

  private static final Logger log = LoggerFactory.getLogger(FailureReport.class);
  private static final int FAILURE = 1;
  private static final int BAD_INPUT = 2;

  @Override
  public int handleExecutionException(
      Exception exception, CommandLine commandLine, ParseResult parsed) {
    PrintWriter err = commandLine.getErr();
    String name = commandLine.getCommandSpec().qualifiedName();
    log.debug("{} failed", name, exception);
    if (exception instanceof InvalidInputException) {
      err.println(name + ": " + exception.getMessage());
      return BAD_INPUT;
    }
    if (exception instanceof InterruptedException) {
      Thread.currentThread().interrupt();
      err.println(name + ": interrupted");
      return FAILURE;
    }
    err.println(
        "%s: failed: %s%nThis should not happen. ELBOW_LOG_LEVEL=debug shows the stack trace."
            .formatted(name, exception));
    return FAILURE;
  }
}
