package io.trainyard.features.split;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trainyard.features.SparkExtension;
import io.trainyard.features.view.Split;
import io.trainyard.features.view.Split.ColumnSplit;
import io.trainyard.features.view.Split.HashSplit;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class SplitColumnsTest {

    private static final int ROWS = 20_000;

    private final SparkSession spark;

    SplitColumnsTest(SparkSession spark) {
        this.spark = spark;
    }

    @Test
    void hashGivesEveryPartItsShare() {
        Dataset<Row> rows =
                numbers(new HashSplit(0.2, 0.1, 7, Optional.empty())).cache();

        assertThat(share(rows, "final = 'test' and search is null")).isCloseTo(0.1, within(0.01));
        assertThat(share(rows, "final = 'train' and search = 'validation'")).isCloseTo(0.2, within(0.01));
        assertThat(share(rows, "final = 'train' and search = 'train'")).isCloseTo(0.7, within(0.01));
        rows.unpersist();
    }

    @Test
    void aBiggerTestKeepsTheRowsThatAlreadyTested() {
        Dataset<Row> small =
                numbers(new HashSplit(0.2, 0.1, 7, Optional.empty())).filter("final = 'test'");
        Dataset<Row> big = numbers(new HashSplit(0.2, 0.3, 7, Optional.empty())).filter("final = 'test'");

        assertThat(small.except(big).count()).isZero();
    }

    @Test
    void anotherSeedIsAnotherSplit() {
        Dataset<Row> one = numbers(new HashSplit(0.2, 0.5, 1, Optional.empty())).filter("final = 'test'");
        Dataset<Row> two = numbers(new HashSplit(0.2, 0.5, 2, Optional.empty())).filter("final = 'test'");

        assertThat(one.select("by").intersect(two.select("by")).count() / (double) ROWS)
                .isCloseTo(0.25, within(0.02));
    }

    @Test
    void columnPutsItsValuesWhereTheyAreDeclared() {
        Split split = new ColumnSplit("by", Set.of("0", "1"), Set.of("2"), Set.of("3"));

        assertThat(numbers(split)
                        .filter("by < 5 or by is null")
                        .orderBy("by")
                        .toJSON()
                        .collectAsList())
                .containsExactly(
                        "{\"by\":\"0\",\"search\":\"train\",\"final\":\"train\"}",
                        "{\"by\":\"1\",\"search\":\"train\",\"final\":\"train\"}",
                        "{\"by\":\"2\",\"search\":\"validation\",\"final\":\"train\"}",
                        "{\"by\":\"3\",\"final\":\"test\"}",
                        "{\"by\":\"4\"}");
    }

    private Dataset<Row> numbers(Split split) {
        SplitColumns columns = SplitColumns.of(split, col("by"), ZoneOffset.UTC);
        return spark.range(ROWS)
                .select(col("id").cast("string").as("by"))
                .select(
                        col("by"),
                        columns.search().as("search"),
                        columns.finalFit().as("final"));
    }

    private static double share(Dataset<Row> rows, String condition) {
        return rows.filter(condition).count() / (double) ROWS;
    }
}
