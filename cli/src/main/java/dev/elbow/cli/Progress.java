package dev.elbow.cli;

import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows on standard error how far a long task has come: a bar on a terminal, about ten plain lines
 * otherwise.
 */
public abstract sealed class Progress implements AutoCloseable {

  private Progress() {}

  /**
   * Starts a display.
   *
   * @param task what is being done, a few words
   * @param total how many units of work there are; at least 1
   */
  public static Progress start(String task, long total) {
    return Boolean.getBoolean("elbow.terminal")
        ? new Bar(task, total)
        : new Lines(task, total, System.err);
  }

  /**
   * Says how far the task is.
   *
   * @param done units done so far, 0 to total
   * @param note a short word on the state, shown behind the figure; may be empty
   */
  public abstract void at(long done, String note);

  @Override
  public abstract void close();

  private static final class Bar extends Progress {

    private final ProgressBar bar;

    Bar(String task, long total) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(task)
              .setInitialMax(total)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(200)
              .build();
    }

    @Override
    public void at(long done, String note) {
      bar.stepTo(done);
      bar.setExtraMessage(note);
    }

    @Override
    public void close() {
      bar.close();
    }
  }

  /** A line each time another tenth is done, and at the end. */
  static final class Lines extends Progress {

    private static final int LINES = 10;

    private final String task;
    private final long total;
    private final PrintStream out;
    private long tenthsShown;

    Lines(String task, long total, PrintStream out) {
      this.task = task;
      this.total = total;
      this.out = out;
    }

    @Override
    public void at(long done, String note) {
      long tenths = done * LINES / total;
      if (tenths > tenthsShown) {
        tenthsShown = tenths;
        out.println("%s: %d %% %s".formatted(task, done * 100 / total, note).stripTrailing());
      }
    }

    @Override
    public void close() {
      // Every line is complete as it is printed.
    }
  }
}
