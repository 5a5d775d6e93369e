package dev.elbow.scoring;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.elbow.input.InvalidInputException;
import dev.elbow.score.DiagonalGaussian;
import dev.elbow.score.Rows;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One network in an ONNX Runtime session: rows in, the two parameters of a Gaussian out.
 *
 * <p>{@link #run} may be called from several threads at once. {@link #close} must not be called
 * while one of them is inside: the owner sees to that.
 */
final class OnnxNetwork implements AutoCloseable {

  /** In this process, as the environment is; what they hold is not in the heap. */
  private static final AtomicInteger OPEN = new AtomicInteger();

  private final OnnxFile file;
  private final OrtEnvironment environment;
  private final OrtSession session;

  /** Tensors that no call is using. There are as many as calls were ever made at once. */
  private final Queue<Tensors> idle = new ConcurrentLinkedQueue<>();

  private OnnxNetwork(OnnxFile file, OrtEnvironment environment, OrtSession session) {
    this.file = file;
    this.environment = environment;
    this.session = session;
    OPEN.incrementAndGet();
  }

  /** How many have been opened and not been closed. */
  static int open() {
    return OPEN.get();
  }

  /**
   * Opens a session on the bytes of a model, which never touches a file.
   *
   * @throws InvalidInputException if ONNX Runtime cannot be loaded or refuses the model
   */
  static OnnxNetwork open(OnnxFile file, byte[] onnx) {
    OrtEnvironment environment = environment();
    try (var options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      options.setDeterministicCompute(true);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      return new OnnxNetwork(file, environment, environment.createSession(onnx, options));
    } catch (OrtException e) {
      throw new InvalidInputException(
          "%s: ONNX Runtime refuses the model: %s; restore the bundle or train it again"
              .formatted(file.name(), e.getMessage()),
          e);
    }
  }

  /**
   * The process's one environment. Its first use loads the native library; when that fails, Java
   * throws an Error, the first time another than every later time.
   */
  private static OrtEnvironment environment() {
    try {
      return OrtEnvironment.getEnvironment();
    } catch (LinkageError e) {
      throw new InvalidInputException(
          """
          ONNX Runtime's native library cannot be loaded on %s %s: %s
          Elbow needs Linux with glibc, macOS or Windows, on x86-64 or arm64; \
          Alpine and other systems with musl are not supported. \
          The library is unpacked to %s, which must be writable and allow execution."""
              .formatted(
                  System.getProperty("os.name"),
                  System.getProperty("os.arch"),
                  e.getCause() == null ? e.getMessage() : e.getCause().getMessage(),
                  System.getProperty("java.io.tmpdir")),
          e);
    }
  }

  /**
   * Runs the network.
   *
   * @param rows N×{@code inputWidth}; narrowed to float32; not modified
   * @return N×{@code outputWidth}
   * @throws IllegalStateException if ONNX Runtime fails
   */
  DiagonalGaussian run(Rows rows) {
    if (rows.columns() != file.inputWidth()) {
      throw new IllegalArgumentException(
          "%s: rows are %d wide, the network takes %d"
              .formatted(file.name(), rows.columns(), file.inputWidth()));
    }
    if (rows.count() == 0) {
      return new DiagonalGaussian(
          Rows.zeros(0, file.outputWidth()), Rows.zeros(0, file.outputWidth()));
    }
    Tensors polled = idle.poll();
    Tensors tensors = polled == null ? new Tensors() : polled;
    try {
      return run(rows, tensors);
    } catch (OrtException e) {
      throw new IllegalStateException(
          "%s: ONNX Runtime failed on %d rows".formatted(file.name(), rows.count()), e);
    } finally {
      idle.add(tensors);
    }
  }

  /** The outputs are pinned: ONNX Runtime writes into our buffers, and refuses another shape. */
  private DiagonalGaussian run(Rows rows, Tensors tensors) throws OrtException {
    tensors.fit(rows.count());
    narrow(rows, tensors.input);
    try (var result = session.run(tensors.inputs, Set.of(), tensors.outputs)) {
      assert result.size() == 2;
      return new DiagonalGaussian(
          widen(tensors.mean, rows.count()), widen(tensors.logVar, rows.count()));
    }
  }

  private static void narrow(Rows rows, FloatBuffer buffer) {
    double[] values = rows.values();
    for (int i = 0; i < values.length; i++) {
      buffer.put(i, (float) values[i]);
    }
  }

  private Rows widen(FloatBuffer buffer, int n) {
    Rows rows = Rows.zeros(n, file.outputWidth());
    double[] values = rows.values();
    for (int i = 0; i < values.length; i++) {
      values[i] = buffer.get(i);
    }
    return rows;
  }

  @Override
  public void close() {
    for (Tensors tensors = idle.poll(); tensors != null; tensors = idle.poll()) {
      tensors.close();
    }
    try {
      session.close();
      OPEN.decrementAndGet();
    } catch (OrtException e) {
      throw new IllegalStateException(file.name() + ": the session cannot be closed", e);
    }
  }

  /**
   * Tensors over direct buffers, for one call at a time. The buffers grow with the largest batch
   * and stay; the tensors stay for as long as batches have the same size, as they have at full
   * speed.
   */
  private final class Tensors implements AutoCloseable {

    private FloatBuffer input = direct(0);
    private FloatBuffer mean = direct(0);
    private FloatBuffer logVar = direct(0);
    private Map<String, OnnxTensor> inputs = Map.of();
    private Map<String, OnnxTensor> outputs = Map.of();
    private int rows;

    void fit(int n) throws OrtException {
      if (n == rows) {
        return;
      }
      close();
      input = fit(input, n * file.inputWidth());
      mean = fit(mean, n * file.outputWidth());
      logVar = fit(logVar, n * file.outputWidth());
      inputs = Map.of(file.input(), tensor(input, n, file.inputWidth()));
      outputs =
          Map.of(
              file.mean(),
              tensor(mean, n, file.outputWidth()),
              OnnxFile.LOG_VAR,
              tensor(logVar, n, file.outputWidth()));
      rows = n;
    }

    private OnnxTensor tensor(FloatBuffer buffer, int n, int width) throws OrtException {
      return OnnxTensor.createTensor(environment, buffer, new long[] {n, width});
    }

    private static FloatBuffer fit(FloatBuffer buffer, int cells) {
      return (buffer.capacity() < cells ? direct(cells) : buffer).position(0).limit(cells);
    }

    private static FloatBuffer direct(int cells) {
      return ByteBuffer.allocateDirect(Math.multiplyExact(cells, Float.BYTES))
          .order(ByteOrder.nativeOrder())
          .asFloatBuffer();
    }

    @Override
    public void close() {
      inputs.values().forEach(OnnxTensor::close);
      outputs.values().forEach(OnnxTensor::close);
      inputs = Map.of();
      outputs = Map.of();
      rows = 0;
    }
  }
}
