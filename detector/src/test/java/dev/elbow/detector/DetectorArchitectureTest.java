package dev.elbow.detector;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.elbow.detector",
    importOptions = ImportOption.DoNotIncludeTests.class)
class DetectorArchitectureTest {

  @ArchTest
  static final ArchRule packagesDependOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("detector")
          .definedBy("dev.elbow.detector")
          .layer("topology")
          .definedBy("dev.elbow.detector.topology")
          .layer("entity")
          .definedBy("dev.elbow.detector.entity")
          .layer("episode")
          .definedBy("dev.elbow.detector.episode")
          .layer("packing")
          .definedBy("dev.elbow.detector.packing")
          .layer("models")
          .definedBy("dev.elbow.detector.models")
          .layer("modeltopic")
          .definedBy("dev.elbow.detector.modeltopic")
          .layer("metrics")
          .definedBy("dev.elbow.detector.metrics")
          .whereLayer("detector")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("topology")
          .mayOnlyBeAccessedByLayers("detector")
          .whereLayer("packing")
          .mayOnlyBeAccessedByLayers("detector", "topology")
          .whereLayer("modeltopic")
          .mayOnlyBeAccessedByLayers("detector")
          .whereLayer("models")
          .mayOnlyBeAccessedByLayers("detector", "topology", "modeltopic")
          .whereLayer("episode")
          .mayOnlyBeAccessedByLayers("detector", "topology")
          .whereLayer("entity")
          .mayOnlyBeAccessedByLayers("detector", "topology", "models", "episode")
          .whereLayer("metrics")
          .mayOnlyBeAccessedByLayers(
              "detector", "topology", "modeltopic", "models", "entity", "episode");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.elbow.detector.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule onlyMetricsUseMicrometerPrometheusAndHttp =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.elbow.detector.metrics")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.micrometer..", "io.prometheus..", "com.sun.net.httpserver..");

  @ArchTest
  static final ArchRule networksStayBehindTheScorer =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ai.onnxruntime..", "org.ejml..", "dev.elbow.trainer..");

  @ArchTest
  static final ArchRule jsonStaysBehindTheCodecs =
      noClasses().should().dependOnClassesThat().resideInAPackage("com.fasterxml.jackson..");

  @ArchTest
  static final ArchRule modelsAndMetricsKnowNothingOfKafka =
      noClasses()
          .that()
          .resideInAnyPackage("dev.elbow.detector.models", "dev.elbow.detector.metrics")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.kafka..");
}
