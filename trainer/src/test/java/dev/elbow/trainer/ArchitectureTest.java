package dev.elbow.trainer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom in this module. */
@AnalyzeClasses(packages = "dev.elbow", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule ejmlStaysInTheTrainer =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.elbow.trainer..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.ejml..");

  @ArchTest
  static final ArchRule nativeProductsStayBehindTheirInterface =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.elbow.trainer.blas..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.bytedeco..");

  @ArchTest
  static final ArchRule productsKnowNothingOfWhatIsMultiplied =
      noClasses()
          .that()
          .resideInAPackage("dev.elbow.trainer.blas..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.elbow.score..", "dev.elbow.trainer", "dev.elbow.trainer.vae..");

  @ArchTest
  static final ArchRule autoencoderKnowsNothingOfWhatIsAroundIt =
      noClasses()
          .that()
          .resideInAPackage("dev.elbow.trainer.vae..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.elbow.trainer",
              "dev.elbow.trainer.data..",
              "dev.elbow.trainer.fit..",
              "dev.elbow.trainer.prior..",
              "dev.elbow.trainer.calibrate..",
              "dev.elbow.trainer.evaluate..",
              "dev.elbow.trainer.onnx..",
              "dev.elbow.trainer.report..");

  @ArchTest
  static final ArchRule autoencoderAndFitDoNoInputOrOutput =
      noClasses()
          .that()
          .resideInAnyPackage("dev.elbow.trainer.vae..", "dev.elbow.trainer.fit..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.io..", "java.nio.file..", "java.net..");

  @ArchTest
  static final ArchRule fitKnowsNothingOfDataSourcesOrExports =
      noClasses()
          .that()
          .resideInAPackage("dev.elbow.trainer.fit..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.elbow.trainer",
              "dev.elbow.trainer.data..",
              "dev.elbow.trainer.prior..",
              "dev.elbow.trainer.calibrate..",
              "dev.elbow.trainer.evaluate..",
              "dev.elbow.trainer.onnx..",
              "dev.elbow.trainer.report..");

  @ArchTest
  static final ArchRule trainerDoesWithoutKafkaStreams =
      noClasses()
          .that()
          .resideInAPackage("dev.elbow.trainer..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.kafka.streams..");

  @ArchTest
  static final ArchRule packagesAreFreeOfCycles =
      slices().matching("dev.elbow.trainer.(*)..").should().beFreeOfCycles();
}
