package io.trainyard.jobs.run;

import io.trainyard.tuning.placement.SlotPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.apache.spark.SparkEnv;
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
        findings.add(nativeLibrary(context, slots.slots()));
        findings.add(gpus());
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
    private static Finding nativeLibrary(JavaSparkContext context, int slots) {
        Map<String, String> failures =
                new TreeMap<>(context
                        .parallelize(IntStream.range(0, slots).boxed().toList(), slots)
                        .map(ignored -> loadFailure())
                        .collect()
                        .stream()
                        .filter(failure -> !failure.isEmpty())
                        .collect(Collectors.toMap(failure -> failure, failure -> failure, (one, other) -> one)));
        return new Finding(
                "xgboost",
                failures.isEmpty() ? "native library loads on the executors" : String.join("; ", failures.keySet()),
                failures.isEmpty(),
                "Install libgomp1 on every node, and let java.io.tmpdir be a folder that allows execution");
    }

    private static String loadFailure() {
        try {
            new DMatrix(new float[] {1f}, 1, 1, Float.NaN).dispose();
            return "";
        } catch (XGBoostError | LinkageError failure) {
            return SparkEnv.get().executorId() + ": " + failure.getMessage();
        }
    }

    private Finding gpus() {
        String amount = spark.conf().get("spark.executor.resource.gpu.amount", "0");
        return good("gpus", amount.equals("0") ? "none declared" : amount + " per executor");
    }

    private static Finding good(String name, String value) {
        return new Finding(name, value, true, "");
    }
}
