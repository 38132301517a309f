package io.trainyard.jobs.run;

import io.trainyard.jobs.config.PlacementName;
import io.trainyard.jobs.config.SearchConfig;
import io.trainyard.tuning.matrix.Grouping;
import io.trainyard.tuning.matrix.MatrixBlocks;
import io.trainyard.tuning.placement.SlotPlan;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/** How many workers share the rows of a trial: as the file says, or as few as have room for them. */
record SharedRows(SearchConfig search, SlotPlan slots) {
    private static final int SEVERAL = 2;

    /**
     * @param fewest workers that have room for the rows
     * @param shortage why no executor holds them alone, where the file leaves the choice
     * @throws JobException if trials cannot be distributed here
     */
    int workers(JavaSparkContext context, MatrixBlocks blocks, long fewest, String shortage) {
        boolean wanted = search.placement() == PlacementName.DISTRIBUTED;
        obstacle(context, blocks).ifPresent(obstacle -> {
            throw new JobException(wanted ? "search.placement: " + obstacle : shortage);
        });
        long workers = wanted ? search.workers().map(Integer::longValue).orElse(Math.max(SEVERAL, fewest)) : fewest;
        if (workers > slots.slots()) {
            throw new JobException(
                    wanted
                            ? "search.workers: a trial of %d workers needs as many slots, and there are %d; add executors, or lower it"
                                    .formatted(workers, slots.slots())
                            : shortage);
        }
        return Math.toIntExact(workers);
    }

    /** Why trials cannot be distributed, in words. */
    private static Optional<String> obstacle(JavaSparkContext context, MatrixBlocks blocks) {
        if (context.getConf().getBoolean("spark.dynamicAllocation.enabled", false)) {
            return Optional.of(
                    "workers of a trial start together, which Spark refuses with dynamic allocation; set spark.dynamicAllocation.enabled to false");
        }
        return blocks.grouping() == Grouping.RANKED
                ? Optional.of("workers would tear groups apart that the task ranking needs whole; use 'resident'")
                : Optional.empty();
    }
}
