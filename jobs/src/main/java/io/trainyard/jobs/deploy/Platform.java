package io.trainyard.jobs.deploy;

/** Where a job can run. */
interface Platform {
    /** The name by which it is asked for. */
    String name();

    /** Reports all that cannot work there. */
    void check(Deployment deployment, Refusals refusals);

    /**
     * Writes the job down.
     *
     * @param deployment one that {@link #check} has nothing against
     */
    Rendering render(Deployment deployment);
}
