package io.trainyard.jobs.command;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version, as the build wrote it into the jar. */
final class Version implements IVersionProvider {
    static String current() {
        return Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    @Override
    public String[] getVersion() {
        return new String[] {
            "trainyard " + current() + ", Spark " + org.apache.spark.package$.MODULE$.SPARK_VERSION() + ", Java "
                    + Runtime.version().feature()
        };
    }
}
