package dev.elbow.cli;

import java.util.concurrent.Callable;

/**
 * A command of {@code ./elbow}, annotated with picocli's {@code @Command}.
 *
 * <p>Commands are found with {@link java.util.ServiceLoader}, so that a production image, which
 * lacks the demo's jar, simply lacks the demo's command.
 *
 * <p>{@code call} returns 0 on success. It throws {@link dev.elbow.input.InvalidInputException} for
 * bad usage or bad input, which becomes its message on standard error and exit code 2; any other
 * exception becomes exit code 1.
 */
public interface ElbowCommand extends Callable<Integer> {}
