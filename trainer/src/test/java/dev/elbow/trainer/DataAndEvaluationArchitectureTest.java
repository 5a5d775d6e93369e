package dev.elbow.trainer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.elbow.trainer",
    importOptions = ImportOption.DoNotIncludeTests.class)
class DataAndEvaluationArchitectureTest {

  @ArchTest
  static final ArchRule onlyDataReadsCsvAndTopics =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.elbow.trainer.data")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("de.siegmar..", "org.apache.kafka..");

  @ArchTest
  static final ArchRule nothingStreams =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka.streams..", "dev.elbow.detector..");

  @ArchTest
  static final ArchRule calibrationNeedsScoresAlone =
      classes()
          .that()
          .resideInAPackage("dev.elbow.trainer.calibrate")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.jspecify..",
              "org.hipparchus..",
              "dev.elbow.input",
              "dev.elbow.alarm",
              "dev.elbow.bundle",
              "dev.elbow.trainer.calibrate");

  @ArchTest
  static final ArchRule evaluationKnowsNoModel =
      noClasses()
          .that()
          .resideInAPackage("dev.elbow.trainer.evaluate")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.elbow.scoring..",
              "dev.elbow.trainer.vae..",
              "dev.elbow.trainer.fit..",
              "dev.elbow.trainer.onnx..");

  @ArchTest
  static final ArchRule dataKnowsNothingLater =
      noClasses()
          .that()
          .resideInAPackage("dev.elbow.trainer.data")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.elbow.scoring..",
              "org.ejml..",
              "dev.elbow.trainer.calibrate..",
              "dev.elbow.trainer.evaluate..",
              "dev.elbow.trainer.vae..",
              "dev.elbow.trainer.fit..",
              "dev.elbow.trainer.onnx..");
}
