package dev.elbow.demo;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.elbow", importOptions = DoNotIncludeTests.class)
final class DemoArchitectureTest {

  @ArchTest
  static final ArchRule plantKnowsOnlyTables =
      noClasses()
          .that()
          .resideInAPackage("dev.elbow.demo.plant..")
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages(
              "java..",
              "org.jspecify..",
              "dev.elbow.demo.plant..",
              "dev.elbow.bundle..",
              "dev.elbow.trainer.data..");

  @ArchTest
  static final ArchRule nothingBelowKnowsTheDemo =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.elbow.demo..", "dev.elbow.benchmarks..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.elbow.demo..");

  private DemoArchitectureTest() {}
}
