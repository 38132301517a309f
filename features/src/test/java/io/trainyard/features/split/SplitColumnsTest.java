package io.trainyard.features.split;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.trainyard.features.SparkExtension;
import io.trainyard.features.view.Split;
import io.trainyard.features.view.Split.ColumnFoldSplit;
import io.trainyard.features.view.Split.ColumnSplit;
import io.trainyard.features.view.Split.FoldSplit;
import io.trainyard.features.view.Split.HashSplit;
import java.time.ZoneOffset;
import java.util.List;
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

        assertThat(share(rows, "final = 'test' and trains = 0 and validates = 0"))
                .isCloseTo(0.1, within(0.01));
        assertThat(share(rows, "final = 'train' and trains = 0 and validates = 1"))
                .isCloseTo(0.2, within(0.01));
        assertThat(share(rows, "final = 'train' and trains = 1 and validates = 0"))
                .isCloseTo(0.7, within(0.01));
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
                        "{\"by\":\"0\",\"trains\":1,\"validates\":0,\"final\":\"train\"}",
                        "{\"by\":\"1\",\"trains\":1,\"validates\":0,\"final\":\"train\"}",
                        "{\"by\":\"2\",\"trains\":0,\"validates\":1,\"final\":\"train\"}",
                        "{\"by\":\"3\",\"trains\":0,\"validates\":0,\"final\":\"test\"}",
                        "{\"by\":\"4\",\"trains\":0,\"validates\":0}");
    }

    @Test
    void everyRowThatDoesNotTestValidatesInOneFoldAndTrainsInAllOthers() {
        Dataset<Row> rows =
                numbers(new FoldSplit(5, 0.2, 7, Optional.empty(), false)).cache();

        assertThat(share(rows, "final = 'test' and trains = 0 and validates = 0"))
                .isCloseTo(0.2, within(0.01));
        assertThat(rows.filter("final = 'train' and bit_count(validates) = 1 and trains = 31 - validates")
                        .count())
                .isEqualTo(rows.filter("final = 'train'").count());
        for (int fold = 0; fold < 5; fold++) {
            assertThat(share(rows, "validates = " + (1 << fold)))
                    .as("fold %d", fold)
                    .isCloseTo(0.16, within(0.01));
        }
        rows.unpersist();
    }

    @Test
    void foldsTestTheRowsThatAHoldoutOfTheSameSeedTests() {
        Dataset<Row> folds =
                numbers(new FoldSplit(3, 0.1, 7, Optional.empty(), false)).filter("final = 'test'");
        Dataset<Row> holdout =
                numbers(new HashSplit(0.2, 0.1, 7, Optional.empty())).filter("final = 'test'");

        assertThat(folds.select("by").except(holdout.select("by")).count()).isZero();
        assertThat(folds.count()).isEqualTo(holdout.count());
    }

    @Test
    void stratifiedFoldsShareEveryLabelEvenly() {
        Dataset<Row> counts = numbers(new FoldSplit(4, 0.2, 7, Optional.empty(), true))
                .filter("final = 'train'")
                .groupBy("label", "validates")
                .count()
                .groupBy("label")
                .agg(expr("count(*) AS folds"), expr("max(count) - min(count) AS spread"));

        assertThat(counts.toJSON().collectAsList())
                .as("labels of 10 % and 90 %")
                .hasSize(2)
                .allMatch(label -> label.contains("\"folds\":4"))
                .allMatch(label -> label.endsWith("\"spread\":0}") || label.endsWith("\"spread\":1}"));
    }

    @Test
    void eachValueOfAColumnMayBeAFold() {
        assertThat(numbers(new ColumnFoldSplit("by", List.of("0", "1", "2"), Set.of("3")))
                        .filter("by < 5")
                        .orderBy("by")
                        .toJSON()
                        .collectAsList())
                .containsExactly(
                        "{\"by\":\"0\",\"trains\":6,\"validates\":1,\"final\":\"train\"}",
                        "{\"by\":\"1\",\"trains\":5,\"validates\":2,\"final\":\"train\"}",
                        "{\"by\":\"2\",\"trains\":3,\"validates\":4,\"final\":\"train\"}",
                        "{\"by\":\"3\",\"trains\":0,\"validates\":0,\"final\":\"test\"}",
                        "{\"by\":\"4\",\"trains\":0,\"validates\":0}");
    }

    private Dataset<Row> numbers(Split split) {
        SplitColumns columns = SplitColumns.of(split, col("by"), col("label"), ZoneOffset.UTC);
        Dataset<Row> parts = spark.range(ROWS)
                .select(col("id").cast("string").as("by"), expr("id % 10 = 0").as("label"))
                .select(
                        col("by"),
                        col("label"),
                        columns.trains().as("trains"),
                        columns.validates().as("validates"),
                        columns.finalFit().as("final"));
        return split instanceof FoldSplit ? parts : parts.drop("label");
    }

    private static double share(Dataset<Row> rows, String condition) {
        return rows.filter(condition).count() / (double) ROWS;
    }
}
