package dev.elbow;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
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
  static final ArchRule scoreKnowsOnlyTheJdk =
      classes()
          .that()
          .resideInAPackage("dev.elbow.score..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("dev.elbow.score..", "java..", "org.jspecify..");

  @ArchTest
  static final ArchRule scoreDoesNoInputOrOutput =
      noClasses()
          .that()
          .resideInAPackage("dev.elbow.score..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.io..", "java.nio.file..", "java.net..");

  @ArchTest
  static final ArchRule alarmKnowsOnlyTheJdk =
      classes()
          .that()
          .resideInAPackage("dev.elbow.alarm..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("dev.elbow.alarm..", "java..", "org.jspecify..");

  @ArchTest
  static final ArchRule rowKnowsOnlyTheScore =
      classes()
          .that()
          .resideInAPackage("dev.elbow.row..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("dev.elbow.row..", "dev.elbow.score..", "java..", "org.jspecify..");

  @ArchTest
  static final ArchRule jacksonStaysBehindTheFormats =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.elbow.bundle..", "dev.elbow.event..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.fasterxml.jackson..");

  @ArchTest
  static final ArchRule avroStaysBehindTheEvents =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.elbow.event..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.avro..");

  @ArchTest
  static final ArchRule packagesAreFreeOfCycles =
      slices().matching("dev.elbow.(*)..").should().beFreeOfCycles();
}
