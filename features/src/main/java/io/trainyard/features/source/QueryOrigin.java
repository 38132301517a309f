package io.trainyard.features.source;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import io.trainyard.features.version.Fingerprint;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The result of a query. Where it reads declared sources alone, their fingerprints say whether it changed. Else nothing cheaper than its
 * rows does, so that fingerprinting it reads it once: a sum of hashes, which does not depend on the order of the rows.
 */
final class QueryOrigin implements Origin {

    private final SparkSession spark;
    private final String source;
    private final String sql;
    private final Map<String, SourceSnapshot> named;
    private final Dataset<Row> rows;

    /** @param named declared sources that the query reads, by name in lower case */
    QueryOrigin(SparkSession spark, String source, String sql, Map<String, SourceSnapshot> named) {
        this.spark = spark;
        this.source = source;
        this.sql = sql;
        this.named = Map.copyOf(named);
        this.rows = NamedSources.whileNamed(
                spark, source, named, () -> Analysis.check(() -> spark.sql(sql), this::explain));
    }

    private String explain(Exception e) {
        return "Cannot run the query of source '%s': %s".formatted(source, Analysis.reason(e));
    }

    @Override
    public SourceFingerprint fingerprint() {
        boolean declared =
                !named.isEmpty() && PlanTables.readsOnly(rows.queryExecution().analyzed(), named.keySet());
        return new SourceFingerprint(sql, OptionalLong.empty(), declared ? ofSources() : ofRows());
    }

    private String ofSources() {
        Fingerprint fingerprint = Fingerprint.of("query of sources", 1)
                .add("sql", sql)
                .add("zone", spark.conf().get("spark.sql.session.timeZone"));
        named.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> fingerprint.add(
                        entry.getKey(), entry.getValue().fingerprint().hash()));
        return fingerprint.hex();
    }

    private String ofRows() {
        Row content = Analysis.check(this::content, this::explain);
        return Fingerprint.of("query source", 1)
                .add("sql", sql)
                .add("schema", Fingerprint.of(rows.schema()))
                .add("rows", content.<Long>getAs("rows"))
                .add("hashes", content.<String>getAs("hashes"))
                .hex();
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

    /** For tables, asking again would cost another run of the query. */
    @Override
    public boolean changedSince(SourceFingerprint before) {
        return named.values().stream().anyMatch(SourceSnapshot::changed);
    }
}
