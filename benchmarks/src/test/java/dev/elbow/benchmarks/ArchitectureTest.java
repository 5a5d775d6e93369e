package dev.elbow.benchmarks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Here every module is on the class path, so here the whole house can be looked at. */
@AnalyzeClasses(packages = "dev.elbow", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule nothingDependsOnTheBenchmarks =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.elbow.benchmarks..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.elbow.benchmarks..");

  @ArchTest
  static final ArchRule onlyDemoAndBenchmarksStartABroker =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.elbow.benchmarks..", "dev.elbow.demo..", "dev.elbow.broker..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.elbow.broker..");
}
