package dev.elbow.broker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.elbow", importOptions = DoNotIncludeTests.class)
final class BrokerArchitectureTest {

  private static final DescribedPredicate<JavaClass> ELBOW_ELSEWHERE =
      JavaClass.Predicates.resideInAPackage("dev.elbow..")
          .and(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage("dev.elbow.broker..")));

  @ArchTest
  static final ArchRule standsAlone = noClasses().should().dependOnClassesThat(ELBOW_ELSEWHERE);

  private BrokerArchitectureTest() {}
}
