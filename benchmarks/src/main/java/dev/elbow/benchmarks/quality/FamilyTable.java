package dev.elbow.benchmarks.quality;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Reached, floor, aim and the best simple detector by family, as text for a terminal. */
final class FamilyTable {

  private static final String LINE = "%-10s %4s   %-15s %-15s %-15s %-14s %s%n";

  private final Map<String, Target> targets;

  FamilyTable(Map<String, Target> targets) {
    this.targets = targets;
  }

  /** The table, AUC-ROC / AUC-PR in every column, ending with a line feed. */
  String of(List<FamilyResult> families) {
    StringBuilder text =
        new StringBuilder(
            LINE.formatted("family", "sets", "Elbow", "floor", "aim", "", "best simple detector"));
    for (FamilyResult family : families) {
      Optional<Target> target = Optional.ofNullable(targets.get(family.family()));
      text.append(
          LINE.formatted(
              family.family(),
              family.sets(),
              areas(family.elbow().areas()),
              target.map(t -> areas(t.floor())).orElse("–"),
              target.map(t -> areas(t.aim())).orElse("–"),
              target.map(t -> standing(family.elbow().areas(), t)).orElse(""),
              best(family)));
    }
    return text.toString();
  }

  private static String standing(Target.Areas reached, Target target) {
    if (reached.reach(target.aim())) {
      return "aim reached";
    }
    return reached.reach(target.floor()) ? "floor holds" : "below floor";
  }

  private static String best(FamilyResult family) {
    return one(family, Target.Areas::roc) + " / " + one(family, Target.Areas::pr);
  }

  private static String one(FamilyResult family, ToDoubleFunction<Target.Areas> area) {
    FamilyResult.Mean best = family.bestBaseline(area);
    return "%s (%s)".formatted(decimals(area.applyAsDouble(best.areas())), best.detector());
  }

  private static String areas(Target.Areas areas) {
    return decimals(areas.roc()) + " / " + decimals(areas.pr());
  }

  private static String decimals(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
