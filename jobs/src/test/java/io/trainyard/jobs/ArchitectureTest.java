package io.trainyard.jobs;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import io.trainyard.jobs.command.Main;
import io.trainyard.jobs.run.Session;
import org.apache.spark.sql.SparkSession;

/** What must never be. Each rule says why, so that breaking it is a decision and not an accident. */
@AnalyzeClasses(packages = "io.trainyard", importOptions = ArchitectureTest.MainClasses.class)
final class ArchitectureTest {

    /** Leaves out test classes, also those that another module shares as a jar. */
    static final class MainClasses implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return Predefined.DO_NOT_INCLUDE_TESTS.includes(location) && !location.contains("-tests.jar");
        }
    }

    private static final String[] SEARCH = {
        "io.trainyard.tuning.space..",
        "io.trainyard.tuning.study..",
        "io.trainyard.tuning.sampler..",
        "io.trainyard.tuning.pruner.."
    };
    private static final String FEATURES = "io.trainyard.features..";
    private static final String TUNING = "io.trainyard.tuning..";
    private static final String REGISTRY = "io.trainyard.registry..";
    private static final String JOBS = "io.trainyard.jobs..";

    @ArchTest
    static final ArchRule searchIsPure = noClasses()
            .that()
            .resideInAnyPackage(SEARCH)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.spark..", "scala..", "ml.dmlc..", "com.fasterxml..")
            .because("search is values in, values out: it is tested in microseconds and runs anywhere");

    @ArchTest
    static final ArchRule registryIsPure = noClasses()
            .that()
            .resideInAPackage(REGISTRY)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "io.delta..", "scala..", "ml.dmlc..")
            .because("a serving application uses the registry client without Spark and without a native library");

    @ArchTest
    static final ArchRule featuresStandAlone = noClasses()
            .that()
            .resideInAPackage(FEATURES)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(TUNING, REGISTRY, JOBS)
            .because("a feature table is of use without a search or a registry");

    @ArchTest
    static final ArchRule tuningStandsAlone = noClasses()
            .that()
            .resideInAPackage(TUNING)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(FEATURES, REGISTRY, JOBS)
            .because("a search runs on any data and ends in a model, wherever they come from and go to");

    @ArchTest
    static final ArchRule registryStandsAlone = noClasses()
            .that()
            .resideInAPackage(REGISTRY)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(FEATURES, TUNING, JOBS)
            .because("a model is served long after, and far from, what trained it");

    @ArchTest
    static final ArchRule onlySessionBuildsSessions = noClasses()
            .that(not(belongToAnyOf(Session.class)))
            .should()
            .callMethod(SparkSession.class, "builder")
            .orShould()
            .callMethod(SparkSession.class, "active")
            .orShould()
            .callMethod(SparkSession.class, "getActiveSession")
            .orShould()
            .callMethod(SparkSession.class, "getDefaultSession")
            .because("a session comes as an argument: whoever looks one up works only where that one is the right one");

    @ArchTest
    static final ArchRule onlySessionStopsSessions = noClasses()
            .that(not(belongToAnyOf(Session.class)))
            .should()
            .callMethod(SparkSession.class, "stop")
            .orShould()
            .callMethod(SparkSession.class, "close")
            .because("the platform's session is not ours to stop, and only Session knows whose it is");

    @ArchTest
    static final ArchRule onlyMainExits = noClasses()
            .that(not(belongToAnyOf(Main.class)))
            .should()
            .callMethod(System.class, "exit", int.class)
            .because("System.exit ends the platform's process with the job's");

    @ArchTest
    static final ArchRule environmentComesIn = noClasses()
            .that(not(resideInAPackage("io.trainyard.jobs.command..")))
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .because("configuration becomes one typed record at the edge, and nothing inside reads a string key");

    @ArchTest
    static final ArchRule onlyCommandsSeePicocli = noClasses()
            .that(not(resideInAPackage("io.trainyard.jobs.command..")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli..")
            .because("a job runs the same from a scheduler's own code");

    @ArchTest
    static final ArchRule onlyConfigurationSeesYaml = noClasses()
            .that(not(resideInAnyPackage("io.trainyard.jobs.config..", "io.trainyard.jobs.deploy..")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.yaml..")
            .because("YAML lives at the edge: the pipeline file comes in, and job definitions go out");

    @ArchTest
    static final ArchRule deploymentRunsNothing = noClasses()
            .that()
            .resideInAPackage("io.trainyard.jobs.deploy..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.trainyard.jobs.run..", "org.apache.spark..", "org.apache.hadoop..", REGISTRY)
            .because("job definitions are rendered from the pipeline file alone, in milliseconds");

    @ArchTest
    static final ArchRule nothingCallsUp = noClasses()
            .that(not(resideInAnyPackage("io.trainyard.jobs.command..")))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.trainyard.jobs.command..")
            .because("data goes down the page once, from command to run to modules");

    @ArchTest
    static final ArchRule endsDoNotSeeEachOther = slices().matching("io.trainyard.jobs.(report|deploy|demo)..")
            .should()
            .notDependOnEachOther()
            .allowEmptyShould(true)
            .because("each can be read, changed and removed alone");

    @ArchTest
    static final ArchRule noCycles = slices().matching("io.trainyard.(**)")
            .should()
            .beFreeOfCycles()
            .because("packages in a cycle are one package in disguise");

    @ArchTest
    static final ArchRule namesSayWhatThingsAre = noClasses()
            .should()
            .haveNameMatching(".*[.$](.*(Utils?|Helper|Manager|Impl)|Base[A-Z].*)")
            .because("such names hold whatever nobody found a place for");

    @ArchTest
    static final ArchRule noStaticMutableFields =
            noFields().that().areStatic().should().notBeFinal().because("two jobs in one JVM must not meet");

    @ArchTest
    static final ArchRule noStandardStreamsInModules = noClasses()
            .that()
            .resideInAnyPackage(FEATURES, TUNING, REGISTRY)
            .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
            .because("standard output belongs to the command's result, one JSON document where asked for");
}
