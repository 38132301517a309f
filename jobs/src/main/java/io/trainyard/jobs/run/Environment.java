package io.trainyard.jobs.run;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What ran, for the lineage of a model. */
record Environment(Map<String, String> variables) {
    /** Versions that may decide a model's bytes. */
    SortedMap<String, String> versions() {
        SortedMap<String, String> versions = new TreeMap<>();
        versions.put("java", Runtime.version().toString());
        versions.put("spark", org.apache.spark.package$.MODULE$.SPARK_VERSION());
        versions.put("delta", io.delta.package$.MODULE$.VERSION());
        versions.put("xgboost", XGBOOST);
        versions.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        return versions;
    }

    /** The commit of the code that declares the pipeline, where the scheduler says it. */
    String commit() {
        return Stream.of("TRAINYARD_COMMIT", "GIT_COMMIT", "GITHUB_SHA", "CI_COMMIT_SHA")
                .filter(variables::containsKey)
                .map(variables::get)
                .findFirst()
                .orElse("unknown");
    }

    /** The library does not tell its own version at run time; a test holds this to the build's. */
    static final String XGBOOST = "3.1.1";
}
