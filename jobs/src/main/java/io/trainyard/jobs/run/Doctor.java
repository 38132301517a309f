package io.trainyard.jobs.run;

import static java.util.function.Predicate.not;

import io.trainyard.tuning.placement.ExecutorProbe;
import io.trainyard.tuning.placement.NativeRoom;
import io.trainyard.tuning.placement.SlotPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** Looks at what a job would run on: versions on the driver, and whether executors can train at all. */
public final class Doctor {
    private final SparkSession spark;

    public Doctor(SparkSession spark) {
        this.spark = spark;
    }

    /**
     * One thing looked at.
     *
     * @param remedy what to do where it is not ok, else empty
     */
    public record Finding(String name, String value, boolean ok, String remedy) {}

    public List<Finding> examine() {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        SlotPlan slots = SlotPlan.of(context);
        List<Finding> findings = new ArrayList<>();
        findings.add(java());
        findings.add(spark());
        findings.add(delta());
        findings.add(good("master", spark.sparkContext().master()));
        findings.add(
                good("slots", "%d trials at once, %d threads each".formatted(slots.slots(), slots.threadsPerTask())));
        findings.add(good(
                "memory",
                "%,d MiB of heap on the driver".formatted(Runtime.getRuntime().maxMemory() >> 20)));
        findings.add(dynamicAllocation());
        List<ExecutorProbe> executors = ExecutorProbe.all(context, slots);
        findings.add(executors(context, executors));
        findings.add(nativeLibrary(executors));
        findings.add(matrices(executors));
        findings.add(gpus(executors));
        return findings;
    }

    private static Finding java() {
        int version = Runtime.version().feature();
        return new Finding("java", Runtime.version().toString(), version >= 17, "Run on Java 17");
    }

    private Finding spark() {
        String version = spark.version();
        return new Finding(
                "spark",
                version,
                version.startsWith("3.5."),
                "Tested with Spark 3.5.2 to 3.5.6; use a platform that carries one of them");
    }

    private Finding delta() {
        boolean set = spark.conf().get("spark.sql.extensions", "").contains("io.delta.sql.DeltaSparkSessionExtension");
        return new Finding(
                "delta",
                io.delta.package$.MODULE$.VERSION(),
                set,
                "Set spark.sql.extensions and spark.sql.catalog.spark_catalog as conf/spark-defaults.conf does");
    }

    private Finding dynamicAllocation() {
        boolean dynamic = Boolean.parseBoolean(spark.conf().get("spark.dynamicAllocation.enabled", "false"));
        return good("allocation", dynamic ? "dynamic: executors may come and go" : "fixed");
    }

    /** On executors, since that is where it is loaded: slim images lack libgomp, and some temporary folders are not executable. */
    private static Finding nativeLibrary(List<ExecutorProbe> executors) {
        String failures = distinct(executors, ExecutorProbe::failure);
        return new Finding(
                "xgboost",
                failures.isEmpty() ? "native library loads on the executors" : failures,
                failures.isEmpty(),
                "Install libgomp1 on every node, and let java.io.tmpdir be a folder that allows execution");
    }

    private static Finding matrices(List<ExecutorProbe> executors) {
        String reasons = distinct(executors, ExecutorProbe::notQuantised);
        return new Finding(
                "matrices",
                reasons.isEmpty() ? "quantised" : "not quantised: " + reasons,
                reasons.isEmpty(),
                "They take twice the memory; let jna.tmpdir or java.io.tmpdir of executors be a folder that allows execution");
    }

    private static String distinct(List<ExecutorProbe> executors, Function<ExecutorProbe, String> text) {
        return executors.stream()
                .map(text)
                .filter(not(String::isEmpty))
                .distinct()
                .collect(Collectors.joining("; "));
    }

    private Finding executors(JavaSparkContext context, List<ExecutorProbe> executors) {
        NativeRoom room = NativeRoom.of(context.getConf(), executors);
        return new Finding(
                "executors",
                "%d, with %,d MiB of heap, %,d MiB for native matrices%s, and %d processors"
                        .formatted(
                                executors.size(),
                                executors.stream()
                                                .mapToLong(ExecutorProbe::heap)
                                                .min()
                                                .orElse(0)
                                        >> 20,
                                room.bytes() >> 20,
                                room.overhead() ? " by spark.executor.memoryOverhead" : "",
                                executors.stream()
                                        .mapToInt(ExecutorProbe::processors)
                                        .min()
                                        .orElse(0)),
                room.bytes() > 0,
                "Nothing is left for matrices beside the heap: " + room.remedy(0));
    }

    private Finding gpus(List<ExecutorProbe> executors) {
        String declared = spark.conf().get("spark.executor.resource.gpu.amount", "0");
        int found = executors.stream().mapToInt(ExecutorProbe::gpus).min().orElse(0);
        boolean built = executors.stream().allMatch(ExecutorProbe::cuda);
        return new Finding(
                "gpus",
                "%s declared, %s found%s"
                        .formatted(
                                declared.equals("0") ? "none" : declared + " per executor",
                                found == 0 ? "none" : found + " per executor",
                                built ? "" : "; this build is for processors"),
                declared.equals("0") || (found > 0 && built),
                "See what nvidia-smi says on every node, and build with 'mvn -P gpu package'");
    }

    private static Finding good(String name, String value) {
        return new Finding(name, value, true, "");
    }
}
