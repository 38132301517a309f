package io.trainyard.tuning.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class SlotPlanTest {

    @Test
    void coresThatMakeNoWholeTaskAreNoSlot() {
        SparkConf configuration =
                new SparkConf(false).set("spark.executor.cores", "7").set("spark.task.cpus", "2");

        assertThat(SlotPlan.onExecutors(configuration, List.of(7, 7, 7))).isEqualTo(new SlotPlan(9, 2, 7));
    }

    @Test
    void coresThatAreNotDeclaredAreSharedEvenly() {
        assertThat(SlotPlan.onExecutors(new SparkConf(false), List.of(4, 4))).isEqualTo(new SlotPlan(8, 1, 4));
        assertThat(SlotPlan.onExecutors(new SparkConf(false), List.of(1))).isEqualTo(new SlotPlan(1, 1, 1));
    }

    @Test
    void tasksWithoutAGpuAreNoSlot() {
        SparkConf one = new SparkConf(false)
                .set("spark.executor.cores", "8")
                .set("spark.executor.resource.gpu.amount", "2")
                .set("spark.task.resource.gpu.amount", "1");

        assertThat(SlotPlan.onExecutors(one, List.of(8, 8))).isEqualTo(new SlotPlan(4, 1, 8));
        assertThat(SlotPlan.onExecutors(one.clone().set("spark.task.resource.gpu.amount", "0.25"), List.of(8, 8)))
                .as("four share a GPU")
                .isEqualTo(new SlotPlan(16, 1, 8));
        assertThat(SlotPlan.onExecutors(one.clone().set("spark.task.resource.gpu.amount", "0.1"), List.of(8, 8)))
                .as("no more than cores")
                .isEqualTo(new SlotPlan(16, 1, 8));
        assertThat(SlotPlan.onExecutors(one.clone().set("spark.task.resource.gpu.amount", "2"), List.of(8)))
                .isEqualTo(new SlotPlan(1, 1, 8));
    }

    @Test
    void executorsThatMayComeCount() {
        SparkConf dynamic =
                new SparkConf(false).set("spark.executor.cores", "4").set("spark.dynamicAllocation.enabled", "true");

        assertThat(SlotPlan.onExecutors(dynamic, List.of())).isEqualTo(new SlotPlan(4, 1, 4));
        assertThat(SlotPlan.onExecutors(dynamic.set("spark.dynamicAllocation.maxExecutors", "10"), List.of()))
                .isEqualTo(new SlotPlan(40, 1, 4));
        assertThat(SlotPlan.onExecutors(dynamic, Collections.nCopies(12, 4))).isEqualTo(new SlotPlan(48, 1, 4));
    }
}
