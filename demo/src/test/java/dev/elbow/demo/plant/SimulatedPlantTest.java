package dev.elbow.demo.plant;

import static dev.elbow.demo.plant.PumpSensor.BEARING_TEMPERATURE;
import static dev.elbow.demo.plant.PumpSensor.DISCHARGE_PRESSURE;
import static dev.elbow.demo.plant.PumpSensor.FLOW;
import static dev.elbow.demo.plant.PumpSensor.MOTOR_CURRENT;
import static dev.elbow.demo.plant.PumpSensor.SPEED;
import static dev.elbow.demo.plant.PumpSensor.SUCTION_PRESSURE;
import static dev.elbow.demo.plant.PumpSensor.VIBRATION;
import static dev.elbow.demo.plant.PumpSensor.WINDING_TEMPERATURE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.elbow.trainer.data.SensorTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SimulatedPlantTest {

  private static final long SEED = 1;
  private static final SimulatedPlant PLANT =
      SimulatedPlant.simulate(SimulatedPlant.Settings.standard(SEED));

  /** The same station, with the same random numbers, in which nothing goes wrong. */
  private static final SimulatedPlant HEALTHY =
      SimulatedPlant.simulate(
          new SimulatedPlant.Settings(4, Duration.ofDays(5), Duration.ofDays(5), 0, SEED));

  @Test
  void sameSeedGivesTheSameRows() {
    SimulatedPlant again = SimulatedPlant.simulate(SimulatedPlant.Settings.standard(SEED));

    assertThat(rows(again.training())).isDeepEqualTo(rows(PLANT.training()));
    assertThat(rows(again.test())).isDeepEqualTo(rows(PLANT.test()));
    assertThat(again.faults()).isEqualTo(PLANT.faults());
  }

  @Test
  void anotherSeedGivesOtherRows() {
    SimulatedPlant other = SimulatedPlant.simulate(SimulatedPlant.Settings.standard(SEED + 1));

    assertThat(other.training().row(0)).isNotEqualTo(PLANT.training().row(0));
    assertThat(other.faults()).isNotEqualTo(PLANT.faults());
  }

  @Test
  void faultsLeaveTheTrainingStretchAlone() {
    assertThat(rows(PLANT.training())).isDeepEqualTo(rows(HEALTHY.training()));
    assertThat(PLANT.training().hasLabels()).isTrue();
    assertThat(PLANT.training().anomalousRows()).isEmpty();
  }

  @Test
  void testStretchFollowsTheTrainingStretchWithoutABreak() {
    SensorTable training = PLANT.training();

    Instant last = training.timestamp(training.count() - 1).orElseThrow();

    assertThat(PLANT.test().timestamp(0)).contains(last.plus(Duration.ofMinutes(1)));
    assertThat(PLANT.test().entities()).containsExactly("pump-1", "pump-2", "pump-3", "pump-4");
  }

  @Test
  void everyKindOfFaultHappensAsOftenAsAsked() {
    for (FaultKind kind : FaultKind.values()) {
      assertThat(PLANT.faults()).filteredOn(fault -> fault.kind() == kind).hasSize(2);
    }
  }

  @Test
  void labelsAreTheTimesOfTheFaults() {
    SensorTable test = PLANT.test();

    for (int i = 0; i < test.count(); i++) {
      String machine = test.entity(i);
      Instant time = test.timestamp(i).orElseThrow();
      assertThat(test.anomalous(i))
          .isEqualTo(
              PLANT.faults().stream()
                  .anyMatch(fault -> fault.machine().equals(machine) && fault.labels(time)));
    }
  }

  @Test
  void faultsOfOneMachineNeverOverlap() {
    for (Fault fault : PLANT.faults()) {
      assertThat(PLANT.faults())
          .filteredOn(other -> other.machine().equals(fault.machine()) && !other.equals(fault))
          .noneMatch(
              other -> other.from().isBefore(fault.to()) && fault.from().isBefore(other.to()));
    }
  }

  @Test
  void normalReadingsStayWithinWhatSuchAPumpCanShow() {
    assertThat(column(HEALTHY.training(), FLOW)).allMatch(q -> q > 100 && q < 400);
    assertThat(column(HEALTHY.training(), SUCTION_PRESSURE)).allMatch(p -> p > 0 && p < 0.6);
    assertThat(column(HEALTHY.training(), DISCHARGE_PRESSURE)).allMatch(p -> p > 3 && p < 5.5);
    assertThat(column(HEALTHY.training(), MOTOR_CURRENT)).allMatch(i -> i > 28 && i < 110);
    assertThat(column(HEALTHY.training(), SPEED)).allMatch(n -> n > 1050 && n < 1560);
    assertThat(column(HEALTHY.training(), VIBRATION)).allMatch(v -> v > 0.5 && v < 4.5);
    assertThat(column(HEALTHY.training(), BEARING_TEMPERATURE)).allMatch(t -> t > 20 && t < 60);
    assertThat(column(HEALTHY.training(), WINDING_TEMPERATURE)).allMatch(t -> t > 20 && t < 85);
  }

  /**
   * The affinity laws alone: a pump against no geodetic head keeps Q ∝ n and H ∝ n², so that the
   * hydraulic power goes with n³. Against a lift of 24 m the flow must fall faster than the speed.
   */
  @Test
  void flowFallsFasterThanSpeedAgainstALift() {
    double night = mean(HEALTHY.training(), FLOW, 2) / mean(HEALTHY.training(), FLOW, 7);
    double speed = mean(HEALTHY.training(), SPEED, 2) / mean(HEALTHY.training(), SPEED, 7);

    assertThat(speed).isEqualTo(0.80, within(0.02));
    assertThat(night).isLessThan(speed);
  }

  /**
   * At boost, from the readings alone: P = √3 U I_active η_motor cos φ and P η_pump = ρ g Q H must
   * give a pump efficiency near the design's 0.80.
   */
  @Test
  void currentPaysForTheHydraulicPower() {
    double flow = mean(HEALTHY.training(), FLOW, 7);
    double head =
        (mean(HEALTHY.training(), DISCHARGE_PRESSURE, 7)
                - mean(HEALTHY.training(), SUCTION_PRESSURE, 7))
            / 0.0981;
    double current = mean(HEALTHY.training(), MOTOR_CURRENT, 7);

    double hydraulicKilowatt = 9.81 / 3600 * flow * head;
    double activeAmpere = Math.sqrt(current * current - 28 * 28);
    double shaftKilowatt = Math.sqrt(3) * 400 * activeAmpere * 0.93 / 1000 * 0.94;

    assertThat(hydraulicKilowatt / shaftKilowatt).isEqualTo(0.80, within(0.03));
  }

  /**
   * Speed and so current follow the mode with 10 minutes, the winding follows the current with 40:
   * 25 minutes after the step the one has come 1 − e^−2.5 = 92 % of the way, the other, behind two
   * lags, 1 − (40 e^−25/40 − 10 e^−2.5)/30 = 31 %.
   */
  @Test
  void temperaturesLagBehindTheLoad() {
    assertThat(risen(MOTOR_CURRENT)).isEqualTo(0.92, within(0.1));
    assertThat(risen(WINDING_TEMPERATURE)).isEqualTo(0.31, within(0.1));
  }

  /** How much of its rise a sensor of pump-1 has done 25 minutes after 6 o'clock. */
  private static double risen(PumpSensor sensor) {
    double before = mean(HEALTHY.training(), sensor, firstPumpAt(5, 55));
    double soon = mean(HEALTHY.training(), sensor, firstPumpAt(6, 25));
    double late = mean(HEALTHY.training(), sensor, firstPumpAt(8, 55));
    return (soon - before) / (late - before);
  }

  @Test
  void wearShakesAndHeatsAndLeavesTheHydraulicsAlone() {
    assertThat(change(FaultKind.BEARING_WEAR, VIBRATION)).isGreaterThan(1);
    assertThat(change(FaultKind.BEARING_WEAR, BEARING_TEMPERATURE)).isGreaterThan(4);
    assertThat(change(FaultKind.BEARING_WEAR, FLOW)).isZero();
  }

  @Test
  void cavitationShakesAndCostsFlowAndPressure() {
    assertThat(change(FaultKind.CAVITATION, VIBRATION)).isGreaterThan(1);
    assertThat(change(FaultKind.CAVITATION, FLOW)).isLessThan(-10);
    assertThat(change(FaultKind.CAVITATION, DISCHARGE_PRESSURE)).isLessThan(-0.1);
  }

  @Test
  void blockedStrainerStarvesTheSuctionSide() {
    assertThat(change(FaultKind.BLOCKED_STRAINER, SUCTION_PRESSURE)).isLessThan(-0.1);
    assertThat(change(FaultKind.BLOCKED_STRAINER, FLOW)).isLessThan(-5);
  }

  @Test
  void leakCostsFlowAndPressureAndPower() {
    assertThat(change(FaultKind.LEAK, FLOW)).isLessThan(-10);
    assertThat(change(FaultKind.LEAK, DISCHARGE_PRESSURE)).isLessThan(-0.05);
    assertThat(change(FaultKind.LEAK, MOTOR_CURRENT)).isGreaterThan(1);
  }

  @Test
  void offsetMovesOneSensorOnly() {
    Fault fault = plainest(FaultKind.SENSOR_OFFSET);
    PumpSensor sensor = fault.sensors().get(0);

    for (PumpSensor other : PumpSensor.values()) {
      double expected = other == sensor ? fault.severity() * sensor.offset() : 0;
      assertThat(change(FaultKind.SENSOR_OFFSET, other)).isEqualTo(expected, within(0.02));
    }
  }

  @Test
  void stuckSensorRepeatsOneValueWhileTheOthersMove() {
    Fault fault = plainest(FaultKind.SENSOR_STUCK);
    PumpSensor stuck = fault.sensors().get(0);

    for (PumpSensor sensor : PumpSensor.values()) {
      long values =
          rowsOf(fault).mapToDouble(i -> PLANT.test().value(i, index(sensor))).distinct().count();
      if (sensor == stuck) {
        assertThat(values).isOne();
      } else {
        assertThat(values).isGreaterThan(10);
      }
    }
  }

  @Test
  void refusesMoreFaultsThanTheTimeHasRoomFor() {
    SimulatedPlant.Settings crowded =
        new SimulatedPlant.Settings(1, Duration.ofDays(1), Duration.ofDays(1), 1, SEED);

    assertThatThrownBy(() -> SimulatedPlant.simulate(crowded))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("6 faults on 1 machines");
  }

  /** Mean change against the healthy station over the last third of the plainer of the faults. */
  private static double change(FaultKind kind, PumpSensor sensor) {
    Fault fault = plainest(kind);
    Instant worst =
        fault
            .from()
            .plus(Duration.between(fault.from(), fault.repaired()).multipliedBy(2).dividedBy(3));
    return rowsOf(fault)
        .filter(i -> !time(PLANT.test(), i).isBefore(worst))
        .filter(i -> time(PLANT.test(), i).isBefore(fault.repaired()))
        .mapToDouble(
            i -> PLANT.test().value(i, index(sensor)) - HEALTHY.test().value(i, index(sensor)))
        .average()
        .orElseThrow();
  }

  private static Fault plainest(FaultKind kind) {
    return PLANT.faults().stream()
        .filter(fault -> fault.kind() == kind)
        .max((a, b) -> Double.compare(a.severity(), b.severity()))
        .orElseThrow();
  }

  private static IntStream rowsOf(Fault fault) {
    return IntStream.range(0, PLANT.test().count())
        .filter(i -> PLANT.test().entity(i).equals(fault.machine()))
        .filter(i -> fault.labels(time(PLANT.test(), i)));
  }

  private static double mean(SensorTable table, PumpSensor sensor, int hour) {
    return mean(table, sensor, i -> clock(table, i) / 60 == hour);
  }

  private static double mean(SensorTable table, PumpSensor sensor, IntPredicate rows) {
    return IntStream.range(0, table.count())
        .filter(rows)
        .mapToDouble(i -> table.value(i, index(sensor)))
        .average()
        .orElseThrow();
  }

  private static IntPredicate firstPumpAt(int hour, int minute) {
    return i ->
        HEALTHY.training().entity(i).equals("pump-1")
            && clock(HEALTHY.training(), i) == 60 * hour + minute;
  }

  private static int clock(SensorTable table, int row) {
    return (int) (Duration.between(SimulatedPlant.START, time(table, row)).toMinutes() % (24 * 60));
  }

  private static int index(PumpSensor sensor) {
    return PumpSensor.columns().indexOf(sensor.column());
  }

  private static Instant time(SensorTable table, int row) {
    return table.timestamp(row).orElseThrow();
  }

  private static List<Double> column(SensorTable table, PumpSensor sensor) {
    return IntStream.range(0, table.count()).mapToObj(i -> table.value(i, index(sensor))).toList();
  }

  private static double[][] rows(SensorTable table) {
    return IntStream.range(0, table.count()).mapToObj(table::row).toArray(double[][]::new);
  }
}
