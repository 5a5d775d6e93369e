package dev.elbow.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The report as a real browser lays it out, where one is installed. */
class ReportInBrowserTest {

  private static final List<String> BROWSERS =
      List.of("chromium", "chromium-browser", "google-chrome");

  /**
   * Measures the page from within: how much wider it is than its window, how many charts have a
   * size, how many labels are cut off by the edge of their chart, and what was fetched.
   */
  private static final String MEASURE =
      """
      <script>
      const cut = [...document.querySelectorAll('svg text')].filter(text => {
        const box = text.getBBox(), view = text.ownerSVGElement.viewBox.baseVal;
        return box.x < -0.5 || box.x + box.width > view.width + 0.5
            || box.y < -0.5 || box.y + box.height > view.height + 0.5;
      });
      const charts = [...document.querySelectorAll('svg')]
          .filter(svg => svg.getBoundingClientRect().height > 50);
      const page = document.documentElement;
      document.title = [
        'overflow=' + Math.max(0, page.scrollWidth - page.clientWidth),
        'charts=' + charts.length,
        'cut=' + cut.map(text => text.textContent).join('|'),
        'fetched=' + performance.getEntriesByType('resource').length].join(';');
      </script>
      """;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(ints = {1280, 390})
  void fitsItsWindowWithNothingCutOffOrFetched(int width) throws Exception {
    Optional<Path> browser = browser();
    assumeTrue(browser.isPresent(), "no Chromium on the path");
    Path page = directory.resolve("report.html");
    String html = Reports.of(1, List.of("too few held-out rows")).toHtml();
    Files.writeString(page, html.replace("</body>", MEASURE + "</body>"));

    String title = titleOf(browser.orElseThrow(), page, width);

    assertThat(title).isEqualTo("overflow=0;charts=11;cut=;fetched=0");
  }

  private String titleOf(Path browser, Path page, int width) throws Exception {
    Path dom = directory.resolve("dom.html");
    Process process =
        new ProcessBuilder(
                browser.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--user-data-dir=" + directory.resolve("profile"),
                "--window-size=" + width + ",3000",
                "--dump-dom",
                page.toUri().toString())
            .redirectOutput(dom.toFile())
            .redirectError(directory.resolve("browser.log").toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the browser has finished").isTrue();
    Matcher title = Pattern.compile("<title>(.*?)</title>").matcher(read(dom));
    assertThat(title.find()).isTrue();
    return title.group(1);
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }

  private static Optional<Path> browser() {
    List<Path> places =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .map(Path::of)
            .toList();
    return BROWSERS.stream()
        .flatMap(name -> places.stream().map(place -> place.resolve(name)))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
