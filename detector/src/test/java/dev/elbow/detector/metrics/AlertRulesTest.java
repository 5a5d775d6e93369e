package dev.elbow.detector.metrics;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Holds the alert rules, and the page that explains them, to the metrics that are exported. */
class AlertRulesTest {

  private static final Path DOCKER = Path.of("../docker");
  private static final Path OPERATIONS = Path.of("../docs/operations.md");

  /** A metric of the detector, but no part of a recorded name, which has colons. */
  private static final String NAME = "(?<![:\\w])(?:elbow|process)_\\w+(?![:\\w])";

  private static final Pattern SELECTOR = Pattern.compile("(" + NAME + ")(?:\\{([^}]*)})?");
  private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*=~?\\s*\"([^\"]*)\"");
  private static final Pattern ALERT = Pattern.compile("(?m)^ +- alert: (\\w+)$");
  private static final Pattern RUNBOOK =
      Pattern.compile("(?m)^ +runbook_url: docs/operations\\.md#(\\w+)$");
  private static final Pattern HEADING = Pattern.compile("(?m)^### (\\w+)$");

  private final DetectionMetrics metrics = new DetectionMetrics();

  @BeforeEach
  void watchARunningDetector() {
    metrics.watch(() -> 0, () -> true);
    metrics.models().watchSessions(() -> 2);
  }

  @AfterEach
  void close() {
    metrics.close();
  }

  @Test
  void rulesSelectOnlyWhatIsExported() throws IOException {
    Set<String> exported = series();

    assertThat(seriesOfTheRules()).isNotEmpty().allMatch(exported::contains);
  }

  @Test
  void everyAlertHasItsSectionOnTheOperationsPage() throws IOException {
    String rules = rules();
    Set<String> alerts = all(ALERT, rules);

    assertThat(all(HEADING, Files.readString(OPERATIONS))).isEqualTo(alerts);
    assertThat(all(RUNBOOK, rules))
        .isEqualTo(alerts.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(toSet()));
  }

  @Test
  void operationsPageListsEveryMetric() throws IOException {
    Pattern row = Pattern.compile("(?m)^\\| `(elbow_\\w+)` \\|");

    assertThat(all(row, Files.readString(OPERATIONS))).isEqualTo(names());
  }

  @Test
  void rulesPassTheirOwnTests() throws IOException, InterruptedException {
    assumeTrue(isOnThePath("promtool"), "promtool is not installed");
    Path log = Files.createTempFile("docker-check", ".log");

    int exitCode =
        new ProcessBuilder(DOCKER.resolve("check").toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .waitFor();

    assertThat(exitCode).as(Files.readString(log)).isZero();
    Files.delete(log);
  }

  /** {@code name} and {@code name{label="value"}} of everything the rules select. */
  private static Set<String> seriesOfTheRules() throws IOException {
    return SELECTOR
        .matcher(rules())
        .results()
        .flatMap(selector -> series(selector.group(1), selector.group(2)))
        .collect(toCollection(TreeSet::new));
  }

  /** Prometheus adds the label {@code job} itself. */
  private static Stream<String> series(String name, String matchers) {
    if (matchers == null) {
      return Stream.of(name);
    }
    Stream<String> labelled =
        MATCHER
            .matcher(matchers)
            .results()
            .filter(matcher -> !matcher.group(1).equals("job"))
            .flatMap(
                matcher ->
                    Arrays.stream(matcher.group(2).split("\\|"))
                        .map(value -> "%s{%s=\"%s\"}".formatted(name, matcher.group(1), value)));
    return Stream.concat(Stream.of(name), labelled);
  }

  /** The same of everything that is exported; of a series with labels also the bare name. */
  private Set<String> series() {
    addModelAndEntity();
    return Scrape.of(metrics).keySet().stream()
        .flatMap(series -> Stream.of(series, series.replaceFirst("\\{.*", "")))
        .collect(toSet());
  }

  /** All else is exported from the first scrape on, as increase() needs it. */
  private void addModelAndEntity() {
    metrics.models().scores(new ModelFacts("bundle", 1, true, 0, Instant.EPOCH));
    metrics.anomalous("pump-1", 2);
    metrics.episodes().anomalies("pump-1", 1);
  }

  /** Of metrics, not of the parts of a histogram. */
  private Set<String> names() {
    addModelAndEntity();
    return all(
        Pattern.compile("(?m)^# TYPE (elbow_\\w+?)(?:_max)? \\w+$"), metrics.scrape("text/plain"));
  }

  private static String rules() throws IOException {
    String rules = Files.readString(DOCKER.resolve("prometheus/rules/elbow.rules.yml"));
    return rules.replaceAll("(?m)^ *#.*$", "");
  }

  private static Set<String> all(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map((MatchResult found) -> found.group(1))
        .collect(toSet());
  }

  private static boolean isOnThePath(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }
}
