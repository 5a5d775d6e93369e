package dev.elbow.demo;

import dev.elbow.broker.EmbeddedBroker;
import dev.elbow.bundle.BundleReader;
import dev.elbow.bundle.Manifest;
import dev.elbow.bundle.ModelBundle;
import dev.elbow.detector.Detector;
import dev.elbow.detector.DetectorConfig;
import dev.elbow.input.InvalidInputException;
import dev.elbow.trainer.calibrate.Thresholds;
import dev.elbow.trainer.data.SensorTable;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.utils.AppInfoParser;

/**
 * The whole product in one process: a broker, a model, a detector, and data replayed through them.
 *
 * <p>Everything it writes to disk lies in one temporary directory, which is gone when it ends, also
 * after {@link #stop}.
 */
public final class Demo {

  private static final String OBSERVATIONS = "observations";
  private static final String ANOMALIES = "anomalies";
  private static final String EPISODES = "episodes";
  private static final String REJECTIONS = "rejections";
  private static final String GROUP = "elbow-demo";
  private static final int PARTITIONS = 4;
  private static final Duration READY_PATIENCE = Duration.ofSeconds(60);
  private static final Duration DRAIN_PATIENCE = Duration.ofSeconds(60);
  private static final Duration STOPPED_PATIENCE = Duration.ofSeconds(10);
  private static final Duration GLANCE = Duration.ofMillis(20);

  private final DemoSettings settings;
  private final PrintStream out;
  private final Style style;
  private final Path temporary;
  private final Signal stop = new Signal();
  private final Signal detectorFailed = new Signal();
  private final CountDownLatch ended = new CountDownLatch(1);

  /**
   * @param out where to print
   * @param coloured whether it is a terminal that shows colours
   */
  public Demo(DemoSettings settings, PrintStream out, boolean coloured) {
    this(settings, out, coloured, Path.of(System.getProperty("java.io.tmpdir")));
  }

  /**
   * @param temporary where to put what is gone afterwards
   */
  Demo(DemoSettings settings, PrintStream out, boolean coloured, Path temporary) {
    this.temporary = temporary;
    this.settings = settings;
    this.out = out;
    this.style = new Style(coloured);
  }

  /**
   * Runs the demo on the data its settings ask for; once only.
   *
   * @throws InvalidInputException if a file, the model or the port cannot be used; found out before
   *     anything is started
   * @throws CancellationException if {@link #stop} came before anything was replayed
   */
  public DemoResult run() throws IOException, InterruptedException {
    return run(() -> DemoData.of(settings));
  }

  /** Where the data come from; asked within the run, so that reading them can be stopped too. */
  @FunctionalInterface
  interface DataSource {
    DemoData read();
  }

  DemoResult run(DataSource source) throws IOException, InterruptedException {
    try (Scratch scratch = new Scratch(temporary)) {
      requireFreePort();
      Optional<ModelBundle> given = settings.model().map(BundleReader::read);
      DemoData data = source.read();
      given.ifPresent(bundle -> data.requireSensors(bundle.rowTransform().names()));
      out.println(style.bold("Elbow demo") + ": " + data.origin());
      goOn();
      try (EmbeddedBroker broker = startBroker(scratch)) {
        goOn();
        ModelBundle model = model(data, given, scratch);
        goOn();
        try (Detector detector = startDetector(broker, scratch)) {
          return replay(data, model, broker, detector);
        }
      }
    } finally {
      ended.countDown();
    }
  }

  /** Found out now rather than after a broker's start and a training. */
  private void requireFreePort() {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true); // as the detector's server does: a closing connection is no bar
      probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), settings.port()));
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidInputException(
          "--port %d: cannot be listened on: %s; give another, or 0 for any"
              .formatted(settings.port(), e.getMessage()),
          e);
    }
  }

  private EmbeddedBroker startBroker(Scratch scratch) throws IOException {
    long begin = System.nanoTime();
    EmbeddedBroker broker = EmbeddedBroker.start(scratch.resolve("broker"));
    broker.createTopic(OBSERVATIONS, PARTITIONS, Map.of());
    step(
        "broker",
        "Kafka %s in this process at %s, started in %s"
            .formatted(
                AppInfoParser.getVersion(),
                broker.bootstrapServers(),
                Figures.seconds(since(begin))));
    return broker;
  }

  private ModelBundle model(DemoData data, Optional<ModelBundle> given, Scratch scratch) {
    ModelBundle bundle;
    if (given.isPresent()) {
      bundle = given.get();
      step("model", "taken from " + modelPath(scratch));
    } else {
      SensorTable training = data.training().orElseThrow();
      long begin = System.nanoTime();
      bundle = DemoTraining.train(training, settings, modelPath(scratch), stop);
      step(
          "model",
          "trained on %s normal rows of %d sensors in %s"
              .formatted(
                  Figures.count(training.normalRows().length),
                  training.features(),
                  Figures.seconds(since(begin))));
    }
    Manifest manifest = bundle.manifest();
    step(
        "",
        "bundle %s, threshold %s nats for %s false alarms"
            .formatted(
                bundle.id().substring(0, Summary.MODEL_DIGITS),
                Figures.nats(manifest.thresholdInNats()),
                Figures.percent(manifest.threshold().falseAlarmRate())));
    Thresholds.warning(manifest.threshold()).ifPresent(warning -> step("", warning));
    return bundle;
  }

  private Path modelPath(Scratch scratch) {
    return settings.model().orElseGet(() -> scratch.resolve("model"));
  }

  private Detector startDetector(EmbeddedBroker broker, Scratch scratch)
      throws InterruptedException {
    Map<String, String> options =
        Map.of(
            "bootstrap.servers",
            broker.bootstrapServers(),
            "application.id",
            GROUP,
            "topics.observations",
            OBSERVATIONS,
            "topics.anomalies",
            ANOMALIES,
            "topics.episodes",
            EPISODES,
            "topics.rejections",
            REJECTIONS,
            "topics.create",
            "true",
            "model.directory",
            modelPath(scratch).toString(),
            "state.dir",
            scratch.resolve("state").toString(),
            "metrics.port",
            Integer.toString(settings.port()));
    Detector detector = Detector.start(DetectorConfig.read(Optional.empty(), Map.of(), options));
    try {
      watch(detector);
      awaitReady(detector);
    } catch (InterruptedException | RuntimeException e) {
      detector.close();
      throw e;
    }
    step("detector", "ready; metrics at " + metrics(detector));
    return detector;
  }

  /** A detector that fails ends the replay: nothing would come of it. */
  private void watch(Detector detector) {
    Thread watch =
        new Thread(
            () -> {
              try {
                if (!detector.awaitEnd()) {
                  detectorFailed.give();
                  stop.give();
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "elbow-demo-watch");
    watch.setDaemon(true);
    watch.start();
  }

  private void awaitReady(Detector detector) throws InterruptedException {
    long begin = System.nanoTime();
    while (!detector.ready() && !stop.await(GLANCE)) {
      if (since(begin).compareTo(READY_PATIENCE) > 0) {
        throw new IllegalStateException(
            "the detector was not ready within " + READY_PATIENCE.toSeconds() + " s");
      }
    }
    goOn();
  }

  private DemoResult replay(
      DemoData data, ModelBundle model, EmbeddedBroker broker, Detector detector)
      throws InterruptedException, IOException {
    SensorTable table = data.replay();
    int rate = settings.rateFor(table.count());
    step(
        "replay",
        "%s observations at %s, for %s at most"
            .formatted(
                Figures.count(table.count()),
                rate == 0 ? "full speed" : Figures.count(rate) + " per second",
                Figures.span(settings.duration())));
    out.println();
    LiveLines live = new LiveLines(out, style);
    live.heading();
    TrackedReplay replay = new TrackedReplay(table, OBSERVATIONS);
    Counts counts;
    List<Results.Arrival> anomalies;
    long rejections;
    long episodes;
    try (Results results =
        new Results(
            broker.bootstrapServers(),
            ANOMALIES,
            EPISODES,
            REJECTIONS,
            PARTITIONS,
            event -> live.show(event, System.nanoTime()),
            episode -> live.show(episode, System.nanoTime()))) {
      replay.run(broker.bootstrapServers(), rate, settings.duration(), stop);
      counts =
          new Drain(broker.bootstrapServers(), GROUP, results, metrics(detector), detectorFailed)
              .await(replay.sent(), stop.given() ? STOPPED_PATIENCE : DRAIN_PATIENCE);
      anomalies = results.anomalies();
      rejections = results.rejections();
      episodes = results.episodes();
    }
    live.ending();
    requireDetector();
    DemoResult result =
        new Reckoning(data, model, replay).result(counts, anomalies, rejections, episodes);
    new Summary(out, style).print(result);
    out.println();
    out.println(
        "The detector's metrics were at %s until now.%n%s"
            .formatted(
                metrics(detector),
                "./elbow train and ./elbow detect do the same on your own data and Kafka."));
    return result;
  }

  private static URI metrics(Detector detector) {
    return URI.create("http://127.0.0.1:" + detector.opsPort() + "/metrics");
  }

  private void step(String name, String what) {
    out.println("  %-9s %s".formatted(name, what));
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  private void goOn() {
    requireDetector();
    if (stop.given()) {
      throw new CancellationException("stopped before anything was replayed");
    }
  }

  private void requireDetector() {
    if (detectorFailed.given()) {
      throw new IllegalStateException("the detector failed; the log says why");
    }
  }

  /** Asks a running demo to end early and waits, for as long as is reasonable, until it has. */
  public void stop() {
    stop.give();
    try {
      if (!ended.await(30, TimeUnit.SECONDS)) {
        out.println("The demo did not end in time; temporary files may remain.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
