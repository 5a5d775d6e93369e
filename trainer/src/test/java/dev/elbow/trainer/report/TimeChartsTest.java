package dev.elbow.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbow.trainer.report.TimeCharts.Chart;
import dev.elbow.trainer.report.TimeCharts.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeChartsTest {

  @Test
  void drawsEveryCurveFromZeroAndNeedsNoNetwork() {
    List<Point> flat = List.of(new Point(0, 10), new Point(5, 10), new Point(10, 10));

    String page =
        TimeCharts.page(
            "Soak <1>", "a machine", List.of(new Chart("Memory", "flat", "MiB", flat, flat)));

    // the axis reaches to 11: 10 of 11 from pixel 194 up to pixel 24 is 39.5
    assertThat(page)
        .contains("<h1>Soak &lt;1&gt;</h1>", "d=\"M54.0 39.5L205.0 39.5L356.0 39.5\"", "MiB")
        .doesNotContain("http", "<script");
  }

  @Test
  void drawsChartOfNothing() {
    assertThat(
            TimeCharts.page("Soak", "", List.of(new Chart("None", "", "", List.of(), List.of()))))
        .contains("<h3>None</h3>");
  }
}
