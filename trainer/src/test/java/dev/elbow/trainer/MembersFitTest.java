package dev.elbow.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elbow.row.Continuity;
import dev.elbow.row.Window;
import dev.elbow.score.ExemplarPrior;
import dev.elbow.score.Mask;
import dev.elbow.score.Rows;
import dev.elbow.trainer.calibrate.AlarmSettings;
import dev.elbow.trainer.calibrate.ThresholdSettings;
import dev.elbow.trainer.data.ModelRows;
import dev.elbow.trainer.data.Split;
import dev.elbow.trainer.fit.EarlyStopping;
import dev.elbow.trainer.fit.FitListener;
import dev.elbow.trainer.fit.FitSettings;
import dev.elbow.trainer.fit.FitSettings.Rounds;
import dev.elbow.trainer.input.InputChoice;
import dev.elbow.trainer.mixture.MixtureSettings;
import dev.elbow.trainer.prior.PriorSettings;
import dev.elbow.trainer.vae.Parameters;
import dev.elbow.trainer.vae.TrainedMember;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MembersFitTest {

  private static final int ROUNDS = 20;

  private final ModelRows rows = rows();
  private final TrainingSettings settings =
      new TrainingSettings(
          new InputChoice(Window.SINGLE_ROW, 1, Continuity.RECORD_ORDER, "asked for"),
          FitSettings.defaults(3).withRounds(Rounds.exactly(ROUNDS)).withSeed(7),
          3,
          new PriorSettings.Exemplars(10, PriorSettings.Factor.DEFAULT),
          MixtureSettings.NONE,
          AlarmSettings.ROWS,
          ThresholdSettings.ofRate(0.01),
          Split.HELD_OUT,
          4);

  @Test
  void fitsTheSameMembersInParallelAsOneByOne() {
    List<MemberFit.Fitted> together = fit(settings, FitListener.silent());

    List<FitSettings> each = MembersFit.settingsOfMembers(settings);
    assertThat(together).hasSize(3);
    for (int m = 0; m < 3; m++) {
      List<MemberFit.Fitted> alone =
          fit(settings.withMembers(1).withFit(each.get(m)), FitListener.silent());
      assertThat(parameters(together, m).sameBits(parameters(alone, 0))).isTrue();
      assertThat(together.get(m).metrics()).isEqualTo(alone.get(0).metrics());
    }
  }

  @Test
  void givesEveryMemberItsOwnStart() {
    List<MemberFit.Fitted> members = fit(settings, FitListener.silent());

    assertThat(parameters(members, 0).sameBits(parameters(members, 1))).isFalse();
    assertThat(parameters(members, 1).sameBits(parameters(members, 2))).isFalse();
  }

  @Test
  void keepsTheSeedOfTheRunForTheFirst() {
    assertThat(MembersFit.settingsOfMembers(settings))
        .extracting(FitSettings::seed)
        .startsWith(7L)
        .doesNotHaveDuplicates();
  }

  @Test
  void tellsOfAllRoundsAsOfOneLongFit() {
    List<Integer> rounds = new ArrayList<>();
    List<Integer> totals = new ArrayList<>();

    fit(
        settings,
        progress -> {
          rounds.add(progress.round());
          totals.add(progress.rounds());
        });

    assertThat(rounds).isEqualTo(IntStream.rangeClosed(1, 3 * ROUNDS).boxed().toList());
    assertThat(totals).containsOnly(3 * ROUNDS);
  }

  @Test
  void fitsAgainToAllRowsWhereAskedTo() {
    TrainingSettings refitting =
        settings.withFit(
            settings.fit().withEarlyStopping(Optional.of(new EarlyStopping(5, 1, 100, true))));
    MembersFit members = new MembersFit(refitting, FitListener.silent());
    List<MemberFit.Fitted> fitted = members.fit(rows, rows);

    List<TrainedMember> finished = members.refit(fitted, rows.evenly(60));

    assertThat(finished).hasSize(3);
    for (int m = 0; m < 3; m++) {
      assertThat(finished.get(m).vae().parameters().sameBits(parameters(fitted, m))).isFalse();
      assertThat(finished.get(m).prior()).isInstanceOf(ExemplarPrior.class);
    }
  }

  @Test
  void passesOnWhatStopsAMember() {
    FitListener stopping =
        progress -> {
          throw new CancellationException("enough");
        };

    assertThatThrownBy(() -> fit(settings, stopping))
        .isInstanceOf(CancellationException.class)
        .hasMessage("enough");
  }

  @Test
  void refusesTooFewOrTooManyMembers() {
    assertThatThrownBy(() -> settings.withMembers(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("members: expected 1 to 16, found 0");
    assertThatThrownBy(() -> settings.withMembers(17)).hasMessageContaining("found 17");
  }

  private List<MemberFit.Fitted> fit(TrainingSettings settings, FitListener listener) {
    return new MembersFit(settings, listener).fit(rows, rows);
  }

  private static Parameters parameters(List<MemberFit.Fitted> members, int m) {
    return members.get(m).member().vae().parameters();
  }

  private static ModelRows rows() {
    var random = new SplittableRandom(5);
    Rows x = Rows.zeros(100, 3);
    for (int c = 0; c < x.values().length; c++) {
      x.values()[c] = random.nextGaussian();
    }
    return new ModelRows(x, Mask.all(100, 3));
  }
}
