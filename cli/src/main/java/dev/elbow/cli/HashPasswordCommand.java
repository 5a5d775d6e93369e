package dev.elbow.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.elbow.detector.metrics.Password;
import dev.elbow.input.InvalidInputException;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import picocli.CommandLine.Command;

/** {@code hash-password}: what can be kept in the place of a password. */
@Command(
    name = "hash-password",
    mixinStandardHelpOptions = true,
    description = {
      "Reads a password from the terminal, unseen, or from standard input, and prints its hash"
          + " (PBKDF2), which metrics.password takes in its place and which tells nobody the password."
    })
public final class HashPasswordCommand implements ElbowCommand {

  @Override
  public Integer call() {
    System.out.println(Password.hash(password()));
    return 0;
  }

  @SuppressWarnings("SystemConsoleNull") // where there always is one, it reads what is piped, too
  private static String password() {
    Console console = System.console();
    String password = console == null ? firstLine() : typed(console);
    if (password.isBlank()) {
      throw new InvalidInputException("expected a password on standard input, found nothing");
    }
    return password;
  }

  private static String typed(Console console) {
    char[] password = console.readPassword("Password: ");
    return password == null ? "" : new String(password);
  }

  private static String firstLine() {
    try {
      String line = new BufferedReader(new InputStreamReader(System.in, UTF_8)).readLine();
      return line == null ? "" : line;
    } catch (IOException e) {
      throw new UncheckedIOException("standard input cannot be read", e);
    }
  }
}
