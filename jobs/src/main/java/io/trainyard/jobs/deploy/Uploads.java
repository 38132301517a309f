package io.trainyard.jobs.deploy;

import java.util.List;

/** Commands that bring the jar and the pipeline file to where the job reads them. */
final class Uploads {
    private static final String JAR = "jobs/target/trainyard.jar";

    private Uploads() {}

    static List<String> of(Deployment deployment) {
        return List.of(copy(JAR, deployment.jar()), copy(deployment.file().toString(), deployment.jobFile()));
    }

    /** The pipeline file alone, where the jar is in an image. */
    static String ofFile(Deployment deployment) {
        return copy(deployment.file().toString(), deployment.jobFile());
    }

    static String copy(String from, String to) {
        if (to.startsWith("s3://") || to.startsWith("s3a://")) {
            return Shell.command(List.of("aws", "s3", "cp", from, to.replaceFirst("^s3a:", "s3:")));
        }
        if (to.startsWith("gs://")) {
            return Shell.command(List.of("gcloud", "storage", "cp", from, to));
        }
        if (to.startsWith("/Volumes/")) {
            return Shell.command(List.of("databricks", "fs", "cp", "--overwrite", from, "dbfs:" + to));
        }
        if (to.startsWith("/Workspace/")) {
            return Shell.command(
                    List.of("databricks", "workspace", "import", "--overwrite", "--format", "RAW", "--file", from, to));
        }
        return to.contains(":")
                ? Shell.command(List.of("hadoop", "fs", "-put", "-f", from, to))
                : Shell.command(List.of("cp", from, to));
    }
}
