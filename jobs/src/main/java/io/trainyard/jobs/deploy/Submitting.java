package io.trainyard.jobs.deploy;

import java.util.List;

/** Refusals where a machine of the user's, or a runner, submits the job. */
final class Submitting {
    private static final String REMEDY = "a place such as s3a://bucket/trainyard or hdfs:///trainyard";

    private Submitting() {}

    /** A machine that keeps its disk; with a local master it is the only one. */
    static void checkMachine(Deployment deployment, Refusals refusals) {
        boolean local = deployment.config().local();
        new Storage(local ? "the job's machine" : "machines of a cluster", Storage.EVERYWHERE, List.of(), local, REMEDY)
                .check(deployment, refusals);
        checkGpus(deployment, refusals);
    }

    /** A machine whose disk is gone after the job. */
    static void checkRunner(Deployment deployment, String title, Refusals refusals) {
        new Storage(title, Storage.EVERYWHERE, List.of(), false, REMEDY).check(deployment, refusals);
        checkGpus(deployment, refusals);
        requireImage(deployment, refusals);
    }

    static void requireImage(Deployment deployment, Refusals refusals) {
        if (deployment.config().image().isEmpty()) {
            refusals.add(
                    "deploy.image",
                    "is missing: name the image to run, such as registry.example/trainyard:0.1.0; 'trainyard deploy docker' says how it is built");
        }
    }

    private static void checkGpus(Deployment deployment, Refusals refusals) {
        if (deployment.config().executor().gpus() > 0 && deployment.config().local()) {
            refusals.add(
                    "deploy.executor.gpus",
                    "%d: Spark's local mode knows no GPUs. Set deploy.master to a cluster, or this to 0"
                            .formatted(deployment.config().executor().gpus()));
        }
    }
}
