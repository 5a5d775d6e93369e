package dev.elbow.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/math.md} and the comments in the code number the equations alike. */
class MathPageTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern TAG = Pattern.compile("\\\\tag\\{(\\d+)}");
  private static final Pattern TABLE_ROW =
      Pattern.compile("(?m)^\\| (\\(\\d+\\).*?) \\| (.*) \\|$");
  private static final Pattern METHOD = Pattern.compile("`(\\w+)\\.(\\w+)`(?: in `(\\w+)`)?");
  private static final Pattern NUMBERS = Pattern.compile("\\((\\d+)\\)(?: to \\((\\d+)\\))?");
  private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*(?://|/?\\*).*$");
  private static final Pattern STANZA = Pattern.compile("(?m)^\\s*// \\((\\d+)\\) ");

  private final String page = read(ROOT.resolve("docs/math.md"));
  private final List<Path> sources = sources();

  /** An equation and the method that the table at the end of the page names for it. */
  private record Entry(int equation, String file, String method) {}

  /** An equation and a file. */
  private record Citation(int equation, String file) {}

  @Test
  void equationsAreNumberedInOrder() {
    List<Integer> tags = TAG.matcher(page).results().map(tag -> number(tag, 1)).toList();

    assertThat(tags).isEqualTo(IntStream.rangeClosed(1, tags.size()).boxed().toList());
  }

  @Test
  void tableListsEveryEquation() {
    Set<Integer> listed = new TreeSet<>();
    TABLE_ROW.matcher(page).results().forEach(row -> listed.addAll(numbers(row.group(1))));

    assertThat(listed).hasSize((int) TAG.matcher(page).results().count());
  }

  @Test
  void methodsOfTheTableExistAndTheirFilesCiteTheEquation() {
    assertThat(table())
        .hasSizeGreaterThan(30)
        .allSatisfy(
            entry -> {
              String source = source(entry.file());
              assertThat(source).containsPattern("\\b" + entry.method() + "\\(");
              assertThat(numbers(comments(source))).contains(entry.equation());
            });
  }

  @Test
  void equationsAboveCodeStandInTheTable() {
    List<Citation> listed =
        table().stream().map(entry -> new Citation(entry.equation(), entry.file())).toList();

    assertThat(stanzas()).hasSizeGreaterThan(15).isSubsetOf(listed);
  }

  private List<Entry> table() {
    List<Entry> entries = new ArrayList<>();
    TABLE_ROW.matcher(page).results().forEach(row -> addEntries(row, entries));
    return entries;
  }

  private static void addEntries(MatchResult row, List<Entry> entries) {
    for (int equation : numbers(row.group(1))) {
      METHOD
          .matcher(row.group(2))
          .results()
          .forEach(
              method -> {
                String file = method.group(3) == null ? method.group(1) : method.group(3);
                entries.add(new Entry(equation, file, method.group(2)));
              });
    }
  }

  private List<Citation> stanzas() {
    List<Citation> stanzas = new ArrayList<>();
    for (Path path : sources) {
      String file = path.getFileName().toString().replace(".java", "");
      STANZA
          .matcher(read(path))
          .results()
          .forEach(stanza -> stanzas.add(new Citation(number(stanza, 1), file)));
    }
    return stanzas;
  }

  private String source(String file) {
    List<Path> found =
        sources.stream().filter(path -> path.endsWith(Path.of(file + ".java"))).toList();
    assertThat(found).as(file).hasSize(1);
    return read(found.get(0));
  }

  private static String comments(String source) {
    StringBuilder comments = new StringBuilder();
    COMMENT.matcher(source).results().forEach(line -> comments.append(line.group()).append('\n'));
    return comments.toString();
  }

  /** Numbers in parentheses, "(3) to (5)" being three of them. */
  private static Set<Integer> numbers(String text) {
    Set<Integer> numbers = new TreeSet<>();
    NUMBERS
        .matcher(text)
        .results()
        .forEach(
            match -> {
              int last = match.group(2) == null ? number(match, 1) : number(match, 2);
              IntStream.rangeClosed(number(match, 1), last).forEach(numbers::add);
            });
    return numbers;
  }

  private static int number(MatchResult match, int group) {
    return Integer.parseInt(match.group(group));
  }

  private static List<Path> sources() {
    List<Path> all = new ArrayList<>();
    for (String module : List.of("schemas", "trainer")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
        files.filter(file -> file.toString().endsWith(".java")).forEach(all::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return all;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
