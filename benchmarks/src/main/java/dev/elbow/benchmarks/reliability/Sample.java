package dev.elbow.benchmarks.reliability;

import dev.elbow.benchmarks.reliability.Latencies.Percentiles;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A detector at one moment of a soak.
 *
 * @param minutes since the beginning
 * @param residentBytes what the process takes of the machine's memory
 * @param heapBytes of it, in use in the heap, garbage included
 * @param sessions open in ONNX Runtime
 * @param threads of the process
 * @param files open, sockets included
 * @param latency of the records since the sample before
 * @param swaps so far
 */
record Sample(
    double minutes,
    double residentBytes,
    double heapBytes,
    double sessions,
    double threads,
    double files,
    Percentiles latency,
    int swaps) {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  /**
   * Takes one.
   *
   * @throws IOException if the detector does not answer, or this is no Linux
   */
  static Sample take(double minutes, DetectorProcess detector, Latencies latencies, int swaps)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + detector.port() + "/metrics");
    String metrics =
        HTTP.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString()).body();
    return new Sample(
        minutes,
        resident(detector.pid()),
        sum(
            metrics,
            line -> line.startsWith("jvm_memory_used_bytes{") && line.contains("\"heap\"")),
        sum(metrics, line -> line.startsWith("elbow_onnx_sessions ")),
        sum(metrics, line -> line.startsWith("jvm_threads_live_threads ")),
        openFiles(detector.pid()),
        latencies.take(),
        swaps);
  }

  private static double resident(long process) throws IOException {
    String kilobytes =
        Files.readAllLines(Path.of("/proc/" + process + "/status")).stream()
            .filter(line -> line.startsWith("VmRSS:"))
            .findFirst()
            .orElseThrow(() -> new IOException("process " + process + " has ended"))
            .replaceAll("\\D", "");
    return 1024 * Double.parseDouble(kilobytes);
  }

  private static double openFiles(long process) throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/" + process + "/fd"))) {
      return open.count();
    }
  }

  private static double sum(String metrics, Predicate<String> chosen) {
    return metrics
        .lines()
        .filter(chosen)
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
