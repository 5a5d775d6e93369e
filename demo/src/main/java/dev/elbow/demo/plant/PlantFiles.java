package dev.elbow.demo.plant;

import dev.elbow.trainer.data.SensorTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A simulation as CSV files, in the form that every command reads. */
public final class PlantFiles {

  private PlantFiles() {}

  /**
   * Writes rows as {@code timestamp,label,entity,…}, one column per sensor, missing values empty.
   *
   * @param table with timestamps
   * @throws UncheckedIOException if the file cannot be written
   */
  public static void writeRows(SensorTable table, Path file) {
    try (Writer out = Files.newBufferedWriter(file)) {
      out.write("timestamp,label,entity," + String.join(",", table.sensors()) + "\n");
      for (int i = 0; i < table.count(); i++) {
        out.write(
            table.timestamp(i).orElseThrow()
                + (table.anomalous(i) ? ",1," : ",0,")
                + table.entity(i));
        for (double value : table.row(i)) {
          out.write(",");
          out.write(Double.isNaN(value) ? "" : plain(value));
        }
        out.write("\n");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /**
   * Writes the truth as {@code kind,entity,sensors,from,to,severity}, sensors separated by spaces,
   * {@code to} exclusive.
   *
   * @throws UncheckedIOException if the file cannot be written
   */
  public static void writeTruth(List<Fault> faults, Path file) {
    try (Writer out = Files.newBufferedWriter(file)) {
      out.write("kind,entity,sensors,from,to,severity\n");
      for (Fault fault : faults) {
        String sensors =
            fault.sensors().stream().map(PumpSensor::column).collect(Collectors.joining(" "));
        out.write(
            String.format(
                Locale.ROOT,
                "%s,%s,%s,%s,%s,%.2f\n",
                fault.kind().title(),
                fault.machine(),
                sensors,
                fault.from(),
                fault.to(),
                fault.severity()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private static String plain(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
