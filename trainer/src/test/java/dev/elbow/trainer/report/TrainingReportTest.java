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

    assertThat(document.getElementsByTagName("svg").getLength()).isEqualTo(6);
    assertThat(body).doesNotContain("NaN", "Infinity");
  }

  @Test
  void escapesTheNamesOfSensors() {
    assertThat(report.toHtml())
        .contains("vibration &lt;x&gt; &amp; &lt;y&gt;")
        .doesNotContain("<x>");
  }

  @Test
  void warnsOfCollapsedLatents() {
    assertThat(Reports.of(2, List.of()).allWarnings())
        .containsExactly(
            "Collapsed onto the prior, with a mean KL below 0.01 nats: 2 of 4 latents."
                + " The model does not need them; fewer latents would do as well.");
    assertThat(report.allWarnings()).isEmpty();
  }

  @Test
  void showsTheWarningsOfTheTraining() {
    assertThat(Reports.of(0, List.of("too few held-out rows")).toHtml())
        .contains("<p class=\"warning\">too few held-out rows</p>");
  }

  @Test
  void ranksTheSensorsByTheirContribution() {
    assertThat(report.contributionPerSensor())
        .extracting(BarChart.Bar::name)
        .containsExactly("current", "vibration <x> & <y>", "flow", "temperature", "pressure");
  }

  @Test
  void labelsAnAxisWithRoundNumbers() {
    assertThat(new Axis(-0.3, 10.2, 0, 100).ticks()).containsExactly(0.0, 2.0, 4.0, 6.0, 8.0, 10.0);
    assertThat(Axis.over(3, 3, 0, 100).ticks()).contains(3.0);
  }
}
