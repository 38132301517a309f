package io.trainyard.jobs.demo;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.trainyard.jobs.SparkExtension;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class DemoDataTest {

    private static final DemoSettings SETTINGS = DemoSettings.ofSize(50, 30, 11);

    @Test
    void rowsDoNotDependOnPartitions(SparkSession spark) {
        DemoData data = new DemoData(spark);

        assertThat(data.simulated(SETTINGS, 4).collectAsList())
                .isNotEmpty()
                .containsExactlyElementsOf(data.simulated(SETTINGS, 1).collectAsList());
    }

    @Test
    void writesLabelledDaysAndNewOnes(SparkSession spark, @TempDir Path folder) {
        DemoSummary summary = new DemoData(spark).write(SETTINGS, folder.toString());
        Dataset<Row> labelled =
                spark.read().parquet(folder.resolve("transactions").toString());
        Dataset<Row> unlabelled =
                spark.read().parquet(folder.resolve("new_transactions").toString());
        Timestamp firstNew = Timestamp.from(Instant.parse("2018-04-24T00:00:00Z"));

        assertThat(labelled.schema().simpleString())
                .isEqualTo(
                        "struct<transaction_id:bigint,tx_time:timestamp,customer_id:int,terminal_id:int,amount:double,"
                                + "channel:string,country:string,card_type:string,is_fraud:int>");
        assertThat(unlabelled.columns()).doesNotContain("is_fraud").hasSize(8);
        assertThat(labelled.where(col("tx_time").geq(firstNew)).isEmpty()).isTrue();
        assertThat(unlabelled.where(col("tx_time").lt(firstNew)).isEmpty()).isTrue();
        assertThat(labelled.where("amount > 220 and is_fraud = 0").isEmpty()).isTrue();
        assertThat(summary)
                .isEqualTo(new DemoSummary(
                        labelled.count(), labelled.where("is_fraud = 1").count(), unlabelled.count()));
        assertThat(summary.newTransactions()).isPositive();
    }

    @Test
    void dataOfTheUserAreNotReplaced(SparkSession spark, @TempDir Path folder) {
        new DemoData(spark).write(DemoSettings.ofSize(2, 2, 1), folder.toString());

        assertThatThrownBy(() -> new DemoData(spark).write(SETTINGS, folder.toString()))
                .isInstanceOf(DemoDataException.class)
                .hasMessageStartingWith("Cannot write demo data: ")
                .hasMessageEndingWith("transactions' exists; delete it or name another folder");
    }
}
