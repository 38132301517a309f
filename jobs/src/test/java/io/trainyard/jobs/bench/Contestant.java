package io.trainyard.jobs.bench;

import java.util.List;

/** One way to try configurations on the benchmark's rows. */
interface Contestant {
    String name();

    /** Trains and judges every configuration, as many at once as there are slots. */
    Run run(List<Configuration> configurations) throws Exception;

    /**
     * One measured run.
     *
     * @param loading seconds before the search: from rows where they are stored to rows that can be trained on
     * @param search seconds from the first configuration handed out to the last value known
     * @param values area under the ROC curve on validation rows, one a configuration
     */
    record Run(double loading, double search, List<Double> values) {
        public Run {
            values = List.copyOf(values);
        }

        double best() {
            return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        }
    }
}
