package dev.elbow.detector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigurationPageTest {

  /** Where it fails, its message holds the table to put into the page. */
  @Test
  void pageListsEveryKeyAsTheCodeHasIt() throws IOException {
    StringBuilder table = new StringBuilder("| key | value | default | meaning |\n");
    table.append("| --- | --- | --- | --- |\n");
    ConfigKeys.ALL.forEach(key -> table.append(row(key)));

    assertThat(Files.readString(Path.of("../docs/configuration.md"))).contains(table);
  }

  private static String row(ConfigKey<?> key) {
    return "| `%s` | %s | %s | %s |%n"
        .formatted(key.name(), key.rule().text(), defaultOf(key), key.meaning());
  }

  private static String defaultOf(ConfigKey<?> key) {
    if (!key.fallback().isEmpty()) {
      return "`" + key.fallback() + "`";
    }
    return key.rule().parse().apply("").isPresent() ? "none" : "must be given";
  }
}
