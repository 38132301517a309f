package io.trainyard.tuning.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativeRoomTest {
    private static final long MIB = 1 << 20;
    private static final long GIB = 1 << 30;

    /** The JVM takes 256 MiB of it. */
    @ParameterizedTest
    @CsvSource({
        "yarn,, 1g, 128",
        "yarn,, 20g, 1792",
        "'k8s://https://10.0.0.1', 3g, 1g, 2816",
        "yarn, 100, 1g, 0",
    })
    void resourceManagersGrantAnOverhead(String master, String overhead, String heap, long mebibytes) {
        SparkConf configuration =
                new SparkConf(false).set("spark.master", master).set("spark.executor.memory", heap);
        if (overhead != null) {
            configuration.set("spark.executor.memoryOverhead", overhead);
        }

        NativeRoom room = NativeRoom.of(configuration, executors(1, 64 * GIB, GIB));

        assertThat(room).isEqualTo(new NativeRoom(mebibytes * MIB, true));
        assertThat(room.remedy(2 * GIB)).isEqualTo("set spark.executor.memoryOverhead to at least 2305m");
    }

    @Test
    void elsewhereTheExecutorsOfAMachineShareIt() {
        SparkConf standalone = new SparkConf(false).set("spark.master", "spark://10.0.0.1:7077");

        assertThat(NativeRoom.of(standalone, executors(2, 16 * GIB, 4 * GIB)).bytes())
                .isEqualTo(4 * GIB - 256 * MIB);
        assertThat(NativeRoom.of(standalone, executors(4, 16 * GIB, 4 * GIB)).bytes())
                .isZero();
    }

    private static List<ExecutorProbe> executors(int count, long machine, long heap) {
        return IntStream.range(0, count)
                .mapToObj(i -> new ExecutorProbe(Integer.toString(i), "worker", heap, machine, 4, "", "", false, 0))
                .toList();
    }
}
