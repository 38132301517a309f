package io.trainyard.jobs.deploy;

/** Refusals about GPUs. */
final class Gpus {
    private static final String KEY = "deploy.executor.gpus";

    private Gpus() {}

    /** Where nothing is rendered that would give an executor a GPU. */
    static void refuse(Deployment deployment, String platform, Refusals refusals) {
        int gpus = deployment.config().executor().gpus();
        if (gpus > 0) {
            refusals.add(
                    KEY,
                    "%d: executors on %s get no GPUs. Set it to 0, or deploy to databricks, kubernetes or a standalone cluster (ansible)"
                            .formatted(gpus, platform));
        }
    }

    /** Where the type of machine decides. */
    static void checkMachine(Deployment deployment, String key, String machine, Refusals refusals) {
        int gpus = deployment.config().executor().gpus();
        boolean there = Machines.haveGpus(machine);
        if (gpus > 0 && !there) {
            refusals.add(
                    key,
                    "'%s' has no GPU, and %s is %d: name a machine that has one, such as g5.2xlarge"
                            .formatted(machine, KEY, gpus));
        } else if (gpus == 0 && there) {
            refusals.add(
                    key,
                    "'%s' has GPUs that the job would not use: set %s, or name a machine without"
                            .formatted(machine, KEY));
        }
    }
}
