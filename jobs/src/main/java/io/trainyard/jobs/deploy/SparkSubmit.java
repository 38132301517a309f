package io.trainyard.jobs.deploy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The command that submits a job from a machine that has Spark. In client mode: variables stay in the process, and the command
 * ends as the job does.
 *
 * @param executable {@code spark-submit}, with its folder where that is known; shell already
 * @param jar where this machine finds Trainyard
 */
record SparkSubmit(String executable, String master, String jar) {
    private static final String EXECUTOR = "spark.executor.";

    /** In an image of {@link Docker}. */
    static SparkSubmit inImage(Deployment deployment) {
        return new SparkSubmit(
                "/opt/spark/bin/spark-submit",
                deployment.config().master(),
                "local://" + Deployment.HOME + "/trainyard.jar");
    }

    /** The command, a line for each setting. */
    String lines(Deployment deployment, Map<String, String> settings, List<String> more) {
        List<String> lines = new ArrayList<>(List.of(executable + " --master " + Shell.quote(master)));
        lines.add("--name " + Shell.quote(deployment.name()));
        lines.add("--class " + Deployment.MAIN);
        lines.addAll(more);
        lines.addAll(Shell.settings(settings));
        lines.add(Shell.quote(jar) + " " + Shell.command(deployment.arguments()));
        return Shell.lines(lines);
    }

    String lines(Deployment deployment) {
        return lines(deployment, settings(deployment), List.of("--deploy-mode client"));
    }

    /** Without what is the executors' own where there are none. */
    Map<String, String> settings(Deployment deployment) {
        Map<String, String> settings = new LinkedHashMap<>(deployment.everything());
        if (master.startsWith("local")) {
            settings.keySet().removeIf(key -> key.startsWith(EXECUTOR));
        }
        return settings;
    }

    /** With what a container with a read-only root needs: Spark makes a folder for tables that have no other. */
    static Map<String, String> inContainer(Map<String, String> settings) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.putIfAbsent("spark.sql.warehouse.dir", "/tmp/spark-warehouse");
        return all;
    }
}
