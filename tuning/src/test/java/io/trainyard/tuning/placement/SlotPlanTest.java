package io.trainyard.tuning.placement;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class SlotPlanTest {

    @Test
    void coresThatMakeNoWholeTaskAreNoSlot() {
        SparkConf configuration =
                new SparkConf(false).set("spark.executor.cores", "7").set("spark.task.cpus", "2");

        assertThat(SlotPlan.onExecutors(configuration, 21, 3)).isEqualTo(new SlotPlan(9, 2, 7));
    }

    @Test
    void coresThatAreNotDeclaredAreSharedEvenly() {
        assertThat(SlotPlan.onExecutors(new SparkConf(false), 8, 2)).isEqualTo(new SlotPlan(8, 1, 4));
        assertThat(SlotPlan.onExecutors(new SparkConf(false).set("spark.default.parallelism", "200"), 200, 2))
                .as("what the scheduler counts is then no cores")
                .isEqualTo(new SlotPlan(2, 1, 1));
    }

    @Test
    void executorsThatMayComeCount() {
        SparkConf dynamic =
                new SparkConf(false).set("spark.executor.cores", "4").set("spark.dynamicAllocation.enabled", "true");

        assertThat(SlotPlan.onExecutors(dynamic, 2, 0)).isEqualTo(new SlotPlan(4, 1, 4));
        assertThat(SlotPlan.onExecutors(dynamic.set("spark.dynamicAllocation.maxExecutors", "10"), 2, 0))
                .isEqualTo(new SlotPlan(40, 1, 4));
        assertThat(SlotPlan.onExecutors(dynamic, 48, 12)).isEqualTo(new SlotPlan(48, 1, 4));
    }
}
