package dev.elbow.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.elbow", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule nothingBelowKnowsTheCommandLine =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.elbow.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.elbow.cli..", "picocli..", "me.tongfei..");

  @ArchTest
  static final ArchRule trainerAndDetectorDoNotKnowEachOther =
      noClasses()
          .that()
          .resideInAPackage("dev.elbow.detector..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.elbow.trainer..")
          .allowEmptyShould(false);

  @ArchTest
  static final ArchRule commandsUseNeitherMatricesNorNetworksNorStreams =
      noClasses()
          .that()
          .resideInAPackage("dev.elbow.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.ejml..", "ai.onnxruntime..", "org.apache.kafka.streams..");
}
