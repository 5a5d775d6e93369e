package dev.elbow.benchmarks.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbow.benchmarks.pipeline.Workshop;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The short set of {@code benchmark fuzz}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FuzzTest {

  private static final int RECORDS = 2000;

  private Workshop workshop;

  @BeforeAll
  void startBroker() throws IOException {
    workshop = new Workshop();
  }

  @AfterAll
  void stopBroker() throws IOException {
    workshop.close();
  }

  @Test
  void givesEveryRecordInJsonOneOutcome() throws IOException {
    FuzzResult result =
        new FuzzRun(workshop, FuzzFormat.JSON, true, false, Map.of()).run(RECORDS, 1);

    assertThat(result.records()).isEqualTo(RECORDS);
    assertThat(result.isAsExpected()).as(text(result)).isTrue();
  }

  @Test
  void givesEveryRecordInAvroOneOutcomeWhereNoneIsPacked() throws IOException {
    Map<String, String> oneByOne = Map.of("packing.records", "1");

    FuzzResult result =
        new FuzzRun(workshop, FuzzFormat.AVRO, false, false, oneByOne).run(RECORDS, 1);

    assertThat(result.records()).isEqualTo(RECORDS);
    assertThat(result.isAsExpected()).as(text(result)).isTrue();
  }

  @Test
  void givesEveryAcknowledgementOneOutcome() throws IOException {
    FuzzResult result =
        new FuzzRun(workshop, FuzzFormat.JSON, true, true, Map.of()).run(RECORDS / 2, 1);

    assertThat(result.isAsExpected()).as(text(result)).isTrue();
    assertThat(result.acknowledgements().rejected()).isPositive();
    assertThat(result.acknowledgements().taken()).isPositive();
  }

  private static String text(FuzzResult result) {
    FuzzTable table = new FuzzTable();
    table.add(result);
    return FuzzTable.text(result) + table.text();
  }
}
