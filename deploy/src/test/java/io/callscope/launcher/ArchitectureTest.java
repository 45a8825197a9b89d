package io.callscope.launcher;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.vertx.core.eventbus.Message;

/** How the modules may lean on each other. */
@AnalyzeClasses(packages = "io.callscope", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String[] SERVICES = {
    "io.callscope.capture..",
    "io.callscope.ipfix..",
    "io.callscope.tracker..",
    "io.callscope.pcapdump..",
    "io.callscope.web.."
  };

  @ArchTest
  static final ArchRule servicesKnowEachOtherOnlyByTheBus =
      slices()
          .matching("io.callscope.(capture|ipfix|tracker|pcapdump|web)..")
          .should()
          .notDependOnEachOther()
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule nobodyKnowsTheLauncher =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.callscope.launcher..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.callscope.launcher..");

  @ArchTest
  static final ArchRule commonKnowsNoService =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.callscope.sip..",
              "io.callscope.net..",
              "io.callscope.pcap..",
              "io.callscope.bus..",
              "io.callscope.feed..",
              "io.callscope.query..",
              "io.callscope.table..",
              "io.callscope.config..",
              "io.callscope.counters..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(SERVICES);

  @ArchTest
  static final ArchRule coreKnowsNoVertx =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.callscope.sip..",
              "io.callscope.net..",
              "io.callscope.pcap..",
              "io.callscope.feed..",
              "io.callscope.query..",
              "io.callscope.table..",
              "io.callscope.config..",
              "io.callscope.counters..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.vertx..");

  @ArchTest
  static final ArchRule onlyVerticlesKnowVertx =
      classes()
          .that(
              resideInAPackage("io.callscope..")
                  .and(
                      resideInAPackage("io.callscope.capture..")
                          .or(resideInAPackage("io.callscope.ipfix.."))
                          .or(resideInAPackage("io.callscope.tracker.."))
                          .or(resideInAPackage("io.callscope.pcapdump.."))))
          .and(not(simpleNameEndingWith("Verticle")))
          .and()
          .areTopLevelClasses()
          .should()
          .onlyDependOnClassesThat()
          .resideOutsideOfPackage("io.vertx..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule nobodyUsesTheInsidesOfVertx =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.callscope.cluster.SeparateDelivery") // no other way
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx..impl..", "io.vertx..internal..");

  /** A reply throws where who asked has just gone; nothing of ours may stumble over that. */
  @ArchTest
  static final ArchRule repliesDoNotFail =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.callscope.bus.Replies")
          .should()
          .accessTargetWhere(
              target(nameMatching("reply|replyAndRequest|fail"))
                  .and(target(owner(assignableTo(Message.class)))));

  /** Whoever sets the machine's clock would lock users out, or keep sessions open. */
  @ArchTest
  static final ArchRule securityHasAClockThatNoOneSets =
      noClasses()
          .that()
          .resideInAPackage("io.callscope.web.security..")
          .should()
          .accessTargetWhere(target(nameMatching("currentTimeMillis|now")));

  @ArchTest
  static final ArchRule onlyTheClusterKnowsHazelcast =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.callscope.cluster..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.hazelcast..", "io.vertx.spi.cluster..");

  @ArchTest
  static final ArchRule onlyTheLauncherOfAClusterKnowsIt =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.callscope.cluster..")
          .and()
          .haveSimpleNameNotStartingWith("Clustered")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.callscope.cluster..");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.callscope.(**)").should().beFreeOfCycles();

  @ArchTest static final ArchRule logsGoThroughSlf4j = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

  @ArchTest
  static final ArchRule onlyProgramsPrint =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.callscope.launcher..", "io.callscope.testdata..")
          .should(ACCESS_STANDARD_STREAMS);

  @ArchTest
  static final ArchRule nothingStaticChanges = fields().that().areStatic().should().beFinal();
}
