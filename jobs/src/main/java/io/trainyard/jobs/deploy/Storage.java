package io.trainyard.jobs.deploy;

import io.trainyard.jobs.config.SourceConfig;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the machines of a platform see of the places that a pipeline names.
 *
 * @param title the machines, as a message names them
 * @param schemes of URIs that they read and write
 * @param folders beginnings of paths that all of them see
 * @param local whether there is one machine that keeps its disk, so that any path will do
 * @param remedy such a place, for the user to name instead
 */
record Storage(String title, List<String> schemes, List<String> folders, boolean local, String remedy) {
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):.*");
    private static final List<String> WITHOUT_EXCLUSION = List.of("s3://", "s3a://", "/Volumes/");
    private static final String SINGLE_WRITER = "spark.hadoop.trainyard.storage.single-writer";

    /** Storage that is reached from anywhere, by the connectors of Hadoop. */
    static final List<String> EVERYWHERE = List.of("s3a", "gs", "abfss", "hdfs");

    /** Reports every place of the pipeline that the machines do not share. */
    void check(Deployment deployment, Refusals refusals) {
        if (deployment.config().files().isEmpty()) {
            refusals.add(
                    "deploy.files",
                    "is missing: name a folder that %s read, such as %s, and put trainyard.jar and %s there"
                            .formatted(title, remedy, deployment.fileName()));
            return;
        }
        check("deploy.files", deployment.files(), deployment, refusals);
        checkWarehouse(deployment, refusals);
        deployment.pipeline().sources().forEach((name, source) -> {
            if (source instanceof SourceConfig.Files from) {
                check("sources." + name + ".path", deployment.location(from.path()), deployment, refusals);
            }
        });
        checkWriters(deployment, refusals);
    }

    /** A relative one is where the pipeline file is; but a job on a cluster takes only a URI for a place that all machines know. */
    private void checkWarehouse(Deployment deployment, Refusals refusals) {
        String warehouse = deployment.location(deployment.pipeline().warehouse());
        if (deployment.pipeline().warehouse().relative()
                && !local
                && deployment.files().startsWith("/")) {
            refusals.add(
                    "warehouse",
                    "is relative, which a job on a cluster refuses: write it out, as in %s".formatted(warehouse));
        }
        check("warehouse", warehouse, deployment, refusals);
    }

    private void check(String key, String place, Deployment deployment, Refusals refusals) {
        Matcher scheme = SCHEME.matcher(place);
        if (place.startsWith("dbfs:") || place.startsWith("/dbfs/")) {
            refusals.add(key, "'%s' is on DBFS, which Databricks retires: use %s".formatted(place, remedy));
        } else if (scheme.matches() && !scheme.group(1).equals("file")) {
            checkScheme(key, place, scheme.group(1).toLowerCase(Locale.ROOT), refusals);
        } else if (place.startsWith("/Volumes/") && !folders.contains("/Volumes")) {
            refusals.add(key, "'%s' is a volume, which only Databricks has: use %s".formatted(place, remedy));
        } else if (!local && !isShared(place.replaceFirst("^file:/*", "/"), deployment)) {
            refusals.add(
                    key,
                    "'%s' is on the disk of one machine, which %s do not share: use %s, or list the folder under deploy.shared if it is a mounted file system"
                            .formatted(place, title, remedy));
        }
    }

    private void checkScheme(String key, String place, String scheme, Refusals refusals) {
        if (schemes.contains(scheme)) {
            return;
        }
        String instead = scheme.equals("s3") && schemes.contains("s3a")
                ? "s3a:" + place.substring(place.indexOf(':') + 1) + ", for 's3:' is read on AWS alone"
                : remedy;
        refusals.add(key, "'%s' cannot be read by %s: use %s".formatted(place, title, instead));
    }

    private boolean isShared(String place, Deployment deployment) {
        return Stream.concat(folders.stream(), deployment.config().shared().stream())
                .map(folder -> folder.replaceAll("/+$", ""))
                .anyMatch(folder -> place.equals(folder) || place.startsWith(folder + "/"));
    }

    /** The registry needs a create-if-absent, which S3A has since Hadoop 3.4.2 and volumes have not: the job would refuse to write. */
    private void checkWriters(Deployment deployment, Refusals refusals) {
        String warehouse = deployment.location(deployment.pipeline().warehouse());
        boolean said = deployment.config().spark().containsKey(SINGLE_WRITER);
        if (WITHOUT_EXCLUSION.stream().anyMatch(warehouse::startsWith) && !said) {
            refusals.add(
                    "deploy.spark",
                    "%s is missing: on '%s' nothing may keep two writers apart, and the job would refuse to write. Say true if never more than one job writes there at a time, or false if the platform has S3A of Hadoop 3.4.2 or later"
                            .formatted(SINGLE_WRITER, warehouse));
        }
    }
}
