package dev.elbow.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbow.bundle.Lineage;
import dev.elbow.input.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvSourceTest {

  private final Path directory;

  CsvSourceTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void readsTimeLabelAndSensors() throws IOException {
    SensorTable table =
        read(
            "timestamp,pressure,flow,label\n2020-03-09 13:34:39,0.5,-32,0\n1583760880,1e-3,+4.,1\n");

    assertThat(table.sensors()).containsExactly("pressure", "flow");
    assertThat(table.count()).isEqualTo(2);
    assertThat(table.row(0)).containsExactly(0.5, -32);
    assertThat(table.row(1)).containsExactly(0.001, 4);
    assertThat(table.timestamp(0)).contains(Instant.parse("2020-03-09T13:34:39Z"));
    assertThat(table.timestamp(1)).contains(Instant.parse("2020-03-09T13:34:40Z"));
    assertThat(table.hasLabels()).isTrue();
    assertThat(table.anomalous(1)).isTrue();
    assertThat(table.normalRows()).containsExactly(0);
    assertThat(table.anomalousRows()).containsExactly(1);
  }

  @Test
  void knowsWhatTheFileDoesNotHave() throws IOException {
    SensorTable table = read("a\n1\n");

    assertThat(table.hasTimestamps()).isFalse();
    assertThat(table.timestamp(0)).isEmpty();
    assertThat(table.hasLabels()).isFalse();
    assertThat(table.anomalous(0)).isFalse();
    assertThat(table.hasEntities()).isFalse();
    assertThat(table.entities()).isEmpty();
    assertThat(table.entity(0)).isEqualTo("default");
  }

  @Test
  void takesEmptyNanAndNullInAnyCaseForMissing() throws IOException {
    SensorTable table = read("a,b,c,d,e\n,NaN,nan,NULL, null \n1,2,3,4,\"\"\n");

    assertThat(table.row(0)).containsOnly(Double.NaN);
    assertThat(table.row(1)).containsExactly(1, 2, 3, 4, Double.NaN);
  }

  @Test
  void readsByteOrderMarkCarriageReturnsQuotesAndBlankLines() throws IOException {
    SensorTable table = read("\uFEFF\"a\", b ,\"c,\"\"d\"\"\"\r\n\"1\",\" 2\",3\r\n\r\n4,5,6");

    assertThat(table.sensors()).containsExactly("a", "b", "c,\"d\"");
    assertThat(table.row(0)).containsExactly(1, 2, 3);
    assertThat(table.row(1)).containsExactly(4, 5, 6);
  }

  @Test
  void readsTheEntityOfEachRow() throws IOException {
    SensorTable table =
        read(
            "machine,a\npump 2,1\npump 1,2\npump 2,3\n",
            CsvColumns.defaults().withEntity("machine"));

    assertThat(table.sensors()).containsExactly("a");
    assertThat(table.entities()).containsExactly("pump 2", "pump 1");
    assertThat(table.entity(1)).isEqualTo("pump 1");
    assertThat(table.entity(2)).isEqualTo("pump 2");
  }

  @Test
  void passesOverIgnoredColumns() throws IOException {
    SensorTable table =
        read(
            "site,a,label\nnorth,1,x\n",
            CsvColumns.defaults().withIgnored(Set.of("site", "label")));

    assertThat(table.sensors()).containsExactly("a");
    assertThat(table.hasLabels()).isFalse();
  }

  @Test
  void readsLabelColumnOfAnotherName() throws IOException {
    SensorTable table = read("a,fault\n1,1.0\n2,0.0\n", CsvColumns.defaults().withLabel("fault"));

    assertThat(table.anomalousRows()).containsExactly(0);
  }

  @Test
  void concatenatesFilesWhoseColumnsAreOrderedDifferently() throws IOException {
    Path one = write("one.csv", "a,b\n1,2\n");
    Path two = write("two.csv", "b,a\n4,3\n6,5\n");

    SensorTable table = new CsvSource(List.of(one, two), CsvColumns.defaults()).read();

    assertThat(table.row(0)).containsExactly(1, 2);
    assertThat(table.row(1)).containsExactly(3, 4);
    assertThat(table.row(2)).containsExactly(5, 6);
  }

  /** Digests as printed by {@code printf 'a\n1\n' | sha256sum}, and with 2 and 3 for two.csv. */
  @Test
  void remembersWhereRowsCameFrom() throws IOException {
    Path one = write("one.csv", "a\n1\n");
    Path two = write("two.csv", "a\n2\n3\n");

    SensorTable table = new CsvSource(List.of(one, two), CsvColumns.defaults()).read();

    assertThat(table.source())
        .isEqualTo(
            new Lineage.CsvFiles(
                List.of(
                    new Lineage.DataFile(
                        "one.csv",
                        "309b0e45a73d3fc5325e2b6ed0a01ef8b9cde6b05a5633c1f893f970d52bfddc",
                        1),
                    new Lineage.DataFile(
                        "two.csv",
                        "6076dc1a4be60435829d737d0e453f5db102811508c68812d64086784cf5454d",
                        2))));
  }

  @Test
  void tellsHowManyBytesOfAllFilesAreRead() throws IOException {
    Path one = write("one.csv", "a\n1\n");
    Path two = write("two.csv", "a\n2\n3\n");
    List<String> told = new ArrayList<>();

    new CsvSource(List.of(one, two), CsvColumns.defaults())
        .read((done, total) -> told.add(done + "/" + total));

    assertThat(told).containsExactly("4/10", "10/10");
  }

  @Test
  void keepsRowsApartWhereTheTableGrows() throws IOException {
    StringBuilder text = new StringBuilder("a,b\n");
    for (int i = 0; i < 5000; i++) {
      text.append(i).append(',').append(-i).append('\n');
    }

    SensorTable table = read(text.toString());

    assertThat(table.count()).isEqualTo(5000);
    assertThat(table.row(1023)).containsExactly(1023, -1023);
    assertThat(table.row(1024)).containsExactly(1024, -1024);
    assertThat(table.value(4999, 1)).isEqualTo(-4999);
  }

  @Test
  void namesFileLineAndColumnOfTextAmongNumbers() {
    assertThatThrownBy(() -> read("a,site\n1,2\n\n3,north\n"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageEndingWith(
            "data.csv:4:2: column \"site\" holds \"north\"; expected a number, or nothing, NaN or"
                + " null where it is missing; if the column is not a sensor, say so with --entity"
                + " \"site\" or --ignore \"site\"")
        .hasMessageStartingWith(directory.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0x1p3", "1d", "1f", "1 2", "--1", "1e", "١", "1_000"})
  void rejectsWhatIsNoDecimalNumber(String text) {
    assertThatThrownBy(() -> read("a\n" + text + "\n"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "data.csv:2:1: column \"a\" holds \"" + text + "\"; expected a number");
  }

  @ParameterizedTest
  @ValueSource(strings = {"inf", "-Infinity", "+INF", "1e999"})
  void rejectsInfinity(String text) {
    assertThatThrownBy(() -> read("a\n" + text + "\n"))
        .hasMessageEndingWith(
            "data.csv:2:1: column \"a\" holds \"" + text + "\"; expected a finite number");
  }

  @Test
  void rejectsShortAndLongRows() {
    assertThatThrownBy(() -> read("a,b,c\n1,2,3\n1\n"))
        .hasMessageEndingWith("data.csv:3:2: the row has 1 fields, the header has 3");
    assertThatThrownBy(() -> read("a,b\n1,2,3\n"))
        .hasMessageEndingWith("data.csv:2:3: the row has 3 fields, the header has 2");
  }

  @Test
  void rejectsHeaderWithDuplicateOrMissingNames() {
    assertThatThrownBy(() -> read("a,b,a\n1,2,3\n"))
        .hasMessageContaining("data.csv:1:3: column \"a\" is there already, as column 1");
    assertThatThrownBy(() -> read("a,,b\n1,2,3\n"))
        .hasMessageContaining("data.csv:1:2: column without a name");
  }

  @Test
  void rejectsFilesWithoutRowsOrSensors() {
    assertThatThrownBy(() -> read("")).hasMessageContaining("data.csv: the file is empty");
    assertThatThrownBy(() -> read("a,b\n")).hasMessageContaining("data.csv: no data rows");
    assertThatThrownBy(() -> read("timestamp,label\n1,0\n"))
        .hasMessageContaining("data.csv:1: no sensor columns");
  }

  @Test
  void rejectsMissingColumnsThatWereAskedFor() {
    assertThatThrownBy(() -> read("a,b\n1,2\n", CsvColumns.defaults().withLabel("fault")))
        .hasMessageEndingWith("data.csv:1: no label column \"fault\"; the columns are: a, b");
    assertThatThrownBy(() -> read("a,b\n1,2\n", CsvColumns.defaults().withEntity("machine")))
        .hasMessageEndingWith("data.csv:1: no entity column \"machine\"; the columns are: a, b");
    assertThatThrownBy(() -> read("a,b\n1,2\n", CsvColumns.defaults().withIgnored(Set.of("site"))))
        .hasMessageEndingWith("data.csv: no column to ignore named site");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "yes", "", "NaN"})
  void rejectsLabelsOtherThanZeroAndOne(String label) {
    assertThatThrownBy(() -> read("a,label\n1," + label + "\n"))
        .hasMessageContaining("data.csv:2:2: column \"label\" holds \"" + label + "\"; expected");
  }

  @Test
  void rejectsTimesItCannotRead() {
    assertThatThrownBy(() -> read("timestamp,a\nyesterday,1\n"))
        .hasMessageContaining(
            "data.csv:2:1: column \"timestamp\" holds \"yesterday\"; expected a time");
  }

  @Test
  void rejectsRowsWithoutEntity() {
    assertThatThrownBy(() -> read("m,a\n,1\n", CsvColumns.defaults().withEntity("m")))
        .hasMessageContaining("data.csv:2:1: column \"m\" holds \"\"; expected the name");
  }

  @Test
  void rejectsFilesWithOtherColumnsThanTheFirst() throws IOException {
    Path one = write("one.csv", "a,b\n1,2\n");
    Path two = write("two.csv", "a,c,label\n1,2,0\n");

    assertThatThrownBy(() -> new CsvSource(List.of(one, two), CsvColumns.defaults()).read())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("two.csv:1: other columns than in ")
        .hasMessageContaining("one.csv; missing here: b; only here: c, label;");
  }

  @Test
  void rejectsTextThatIsNotUtf8() throws IOException {
    Path file = directory.resolve("latin.csv");
    Files.write(file, "a\n1\n§\n".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> new CsvSource(List.of(file), CsvColumns.defaults()).read())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("latin.csv: not UTF-8 text");
  }

  @Test
  void rejectsFilesThatCannotBeRead() {
    Path absent = directory.resolve("absent.csv");

    assertThatThrownBy(() -> new CsvSource(List.of(absent), CsvColumns.defaults()).read())
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(absent + ": no such file");
    assertThatThrownBy(() -> new CsvSource(List.of(directory), CsvColumns.defaults()).read())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("cannot be read: Is a directory");
  }

  @Test
  void rejectsQuotesThatNeverClose() {
    assertThatThrownBy(() -> read("a,b\n1,\"2\n3,4\n"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("data.csv: not valid CSV after line 0");
  }

  @Test
  void saysThatFieldsMustBeSeparatedByCommas() {
    assertThatThrownBy(() -> read("a;b\n1;2\n"))
        .hasMessageEndingWith(
            "data.csv:1: one column only; fields must be separated by commas, not by semicolons or"
                + " tabs");
  }

  private SensorTable read(String text) throws IOException {
    return read(text, CsvColumns.defaults());
  }

  private SensorTable read(String text, CsvColumns columns) throws IOException {
    return new CsvSource(List.of(write("data.csv", text)), columns).read();
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }
}
