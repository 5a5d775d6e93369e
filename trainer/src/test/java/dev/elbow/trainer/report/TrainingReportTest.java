package dev.elbow.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class TrainingReportTest {

  private final TrainingReport report = Reports.of(0, List.of());

  @Test
  void hasTheSameBytesForTheSameTraining() {
    assertThat(report.toHtml()).isEqualTo(Reports.of(0, List.of()).toHtml());
  }

  @Test
  void needsNothingFromOutside() {
    assertThat(report.toHtml()).doesNotContain("<script", "http:", "https:", "@import", "url(");
  }

  @Test
  void drawsWellFormedCharts() throws Exception {
    String html = report.toHtml();
    String body = html.substring(html.indexOf("<main>"), html.indexOf("</main>") + 7);

    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(body)));

    assertThat(document.getElementsByTagName("svg").getLength()).isEqualTo(11);
    assertThat(body).doesNotContain("NaN", "Infinity");
  }

  @Test
  void escapesTheNamesOfSensors() {
    assertThat(report.toHtml())
        .contains("vibration &lt;x&gt; &amp; &lt;y&gt;")
        .doesNotContain("<x>");
  }

  @Test
  void warnsWhenNoLatentIsActive() {
    assertThat(report.allWarnings()).isEmpty();
    assertThat(Reports.of(2, List.of()).allWarnings()).isEmpty();
    assertThat(Reports.of(4, List.of()).allWarnings())
        .singleElement()
        .asString()
        .startsWith("all 4 latents have collapsed onto the prior");
  }

  @Test
  void showsTheWarningsOfTheTraining() {
    assertThat(Reports.of(0, List.of("too few held-out rows")).toHtml())
        .contains("<p class=\"warning\">too few held-out rows</p>");
  }

  @Test
  void ranksTheSensorsByTheirContribution() {
    assertThat(SensorRanking.of(report.heldOut(), report.sensors()))
        .extracting(SensorRanking.Sensor::name)
        .containsExactly("current", "vibration <x> & <y>", "flow", "temperature", "pressure");
  }

  @Test
  void marksTheRoundThatWasKept() {
    assertThat(report.toHtml()).contains("kept: round 2,400");
  }

  @Test
  void saysWhatTheTrainingDecided() {
    assertThat(report.toHtml()).contains("<p>Trained on windows of 8 rows");
  }

  /** What a chart shows is bounded, not what it is drawn from. */
  @Test
  void staysSmallForManyRowsAndSensors() {
    String html = Reports.wide(10_000, 500).toHtml();

    assertThat(html.length()).isLessThan(1_000_000);
  }

  @Test
  void writesSharesAsPercentages() {
    assertThat(Axis.percent(0.001)).isEqualTo("0.1 %");
    assertThat(Axis.percent(0.2)).isEqualTo("20 %");
    assertThat(Axis.percent(1 / 16.8)).isEqualTo("5.95 %");
  }

  @Test
  void labelsAnAxisWithRoundNumbers() {
    assertThat(new Axis(-0.3, 10.2, 0, 100, false).ticks())
        .containsExactly(0.0, 2.0, 4.0, 6.0, 8.0, 10.0);
    assertThat(Axis.over(3, 3, 0, 100).ticks()).contains(3.0);
    assertThat(Axis.ofShares(0.0005, 0.5, 0, 100).ticks()).containsExactly(0.001, 0.01, 0.1);
  }
}
