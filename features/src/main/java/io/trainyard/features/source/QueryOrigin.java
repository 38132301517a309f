package io.trainyard.features.source;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import io.trainyard.features.version.Fingerprint;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The result of a query. Nothing cheaper than its rows says whether they changed, so that fingerprinting it reads it once: a sum of
 * hashes, which does not depend on the order of the rows.
 */
final class QueryOrigin implements Origin {

    private final String source;
    private final String sql;
    private final Dataset<Row> rows;

    QueryOrigin(SparkSession spark, String source, String sql) {
        this.source = source;
        this.sql = sql;
        this.rows = Analysis.check(() -> spark.sql(sql), this::explain);
    }

    private String explain(Exception e) {
        return "Cannot run the query of source '%s': %s".formatted(source, Analysis.reason(e));
    }

    @Override
    public SourceFingerprint fingerprint() {
        Row content = Analysis.check(this::content, this::explain);
        String hash = Fingerprint.of("query source", 1)
                .add("sql", sql)
                .add("schema", Fingerprint.of(rows.schema()))
                .add("rows", content.<Long>getAs("rows"))
                .add("hashes", content.<String>getAs("hashes"))
                .hex();
        return new SourceFingerprint(sql, OptionalLong.empty(), hash);
    }

    private Row content() {
        return rows.select(xxhash64(RowText.of(rows)).cast("decimal(38,0)").as("hash"))
                .agg(
                        count(lit(1)).as("rows"),
                        coalesce(sum(col("hash")), lit(0)).cast("string").as("hashes"))
                .first();
    }

    @Override
    public Dataset<Row> rows() {
        return rows;
    }

    @Override
    public boolean changedSince(SourceFingerprint before) {
        return false; // asking again costs another run of the query
    }
}
