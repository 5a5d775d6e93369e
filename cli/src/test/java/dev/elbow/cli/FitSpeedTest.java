package dev.elbow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elbow.trainer.fit.FitListener.Progress;
import dev.elbow.trainer.vae.Architecture;
import dev.elbow.trainer.vae.Loss;
import dev.elbow.trainer.vae.Vae;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class FitSpeedTest {

  private final Progress round =
      new Progress(1, 3, new Loss(0, 0), 1e-3, () -> Vae.zeros(Architecture.defaults(2)));

  /** Two minibatches of 64 rows in the half second after the first round. */
  @Test
  void countsTheRowsSinceTheFirstRound() {
    Iterator<Long> clock = List.of(7_000_000_000L, 7_200_000_000L, 7_500_000_000L).iterator();
    FitSpeed speed = new FitSpeed(clock::next);

    speed.onRound(round);
    speed.onRound(round);
    speed.onRound(round);

    assertThat(speed.text(64, "OpenBLAS"))
        .isEqualTo("256 samples/s: 3 minibatches of 64 rows in 0.5 s, matrix products by OpenBLAS");
  }

  @Test
  void hasNoSpeedForASingleRound() {
    FitSpeed speed = new FitSpeed(() -> 5);

    speed.onRound(round);

    assertThat(speed.text(8, "EJML"))
        .isEqualTo("1 minibatches of 8 rows in 0.0 s, matrix products by EJML");
  }
}
