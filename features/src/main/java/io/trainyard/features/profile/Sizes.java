package io.trainyard.features.profile;

/**
 * How many rows of each side stand behind its shares: as many as would have the same variance, if a sketch did not keep all values.
 */
record Sizes(double reference, double current) {

    /**
     * @param error standard error of a share that comes from the sketch
     * @param share the share that it is of
     */
    static double behind(long rows, double error, double share) {
        return 1 / (1.0 / rows + error * error / (share * (1 - share)));
    }

    /** The size at which one side against a known distribution has the variance that both have against each other. */
    double together() {
        return 1 / (1 / reference + 1 / current);
    }
}
