package dev.elbow.trainer.evaluate;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How one detector did.
 *
 * @param detector its name
 * @param aucRoc in [0, 1]; see {@link Ranking#aucRoc}
 * @param aucPr in (0, 1]; see {@link Ranking#aucPr}
 * @param vusPr in [0, 1]; empty where the rows are no series
 * @param threshold above which a score is an alarm, in the detector's unit
 * @param events found at the threshold; empty where the rows are no series
 * @param eventsAtAlarmsPerDay found at the lowest threshold that keeps the allowed number of false
 *     alarms a day; empty where the rows are no series
 * @param falseAlarmRate share of the scored normal rows above the threshold, in [0, 1]
 * @param unscorable rows without a finite score, which are in no figure but make no event found
 */
public record DetectorResult(
    String detector,
    double aucRoc,
    double aucPr,
    OptionalDouble vusPr,
    double threshold,
    Optional<EventRecall> events,
    Optional<EventRecall> eventsAtAlarmsPerDay,
    double falseAlarmRate,
    int unscorable) {}
