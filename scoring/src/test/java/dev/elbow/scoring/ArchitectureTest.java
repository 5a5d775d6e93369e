package dev.elbow.scoring;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.elbow", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule onlyScoringKnowsOnnxRuntime =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.elbow.scoring")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.onnxruntime..");

  @ArchTest
  static final ArchRule onlyTheGateParsesOnnx =
      noClasses()
          .that()
          .resideInAPackage("dev.elbow..")
          .and()
          .doNotHaveSimpleName("GraphGate")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ai.onnx.proto..", "com.google.protobuf..", "org.tribuo..");

  @ArchTest
  static final ArchRule scoringDependsOnSchemasAlone =
      classes()
          .that()
          .resideInAPackage("dev.elbow.scoring")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.jspecify..",
              "ai.onnxruntime..",
              "ai.onnx.proto..",
              "com.google.protobuf..",
              "dev.elbow.scoring",
              "dev.elbow.bundle",
              "dev.elbow.row",
              "dev.elbow.score",
              "dev.elbow.input");

  @ArchTest
  static final ArchRule schemasDoNotKnowScoring =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.elbow.bundle..", "dev.elbow.row..", "dev.elbow.score..", "dev.elbow.event..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.elbow.scoring..");
}
