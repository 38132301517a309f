package io.trainyard.jobs.run;

import static org.apache.spark.sql.functions.col;

import io.trainyard.features.quality.TestReport;
import io.trainyard.features.version.TableWriter;
import io.trainyard.features.version.VersionedTable;
import io.trainyard.jobs.monitor.Incidents;
import io.trainyard.jobs.monitor.Inputs;
import io.trainyard.jobs.monitor.SourceAge;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * What the monitor saw of the sources behind a pipeline's features, in a Delta table: a row for every look, of which the last one at a
 * logical time counts.
 */
final class InputTable {
    private static final StructType SCHEMA = StructType.fromDDL("""
            pipeline string, as_of timestamp, looked_at timestamp,
            sources array<struct<source: string, newest: timestamp, limit_seconds: bigint>>,
            tests array<struct<table: string, test: string, action: string, rows: bigint, failed: bigint>>,
            findings array<struct<kind: string, subject: string, verdict: string, reasons: array<string>>>
            """);

    private static final List<List<Row>> NOTHING = List.of(List.of(), List.of());

    private final SparkSession spark;
    private final String path;
    private final String pipeline;

    InputTable(SparkSession spark, String path, String pipeline) {
        this.spark = spark;
        this.path = path;
        this.pipeline = pipeline;
    }

    /**
     * Adds a look, unless the last one at the same logical time saw the same, or there never was anything to see.
     *
     * @param at when it was looked
     */
    void add(Inputs inputs, Instant asOf, Instant at) {
        Row row = RowFactory.create(
                pipeline,
                Timestamp.from(asOf),
                Timestamp.from(at),
                inputs.sources().stream().map(InputTable::row).toArray(),
                inputs.tests().stream().flatMap(report -> rows(report).stream()).toArray(),
                inputs.findings().stream().map(StoredFindings::row).toArray());
        Map<Instant, Row> latest = latest();
        Row last = latest.get(asOf);
        Row added = spark.createDataFrame(List.of(row), SCHEMA).first();
        boolean something = !latest.isEmpty() || !seen(added).equals(NOTHING);
        if (something && (last == null || !seen(last).equals(seen(added)))) {
            try (TableWriter writer = new VersionedTable(spark, path).writer()) {
                writer.addOnce(
                        spark.createDataFrame(List.of(row), SCHEMA), "inputs %s %s %s".formatted(pipeline, asOf, at));
            }
        }
    }

    private static List<List<Row>> seen(Row row) {
        return List.of(row.getList(row.fieldIndex("sources")), row.getList(row.fieldIndex("tests")));
    }

    private static Row row(SourceAge age) {
        return RowFactory.create(
                age.source(),
                age.newest().map(Timestamp::from).orElse(null),
                age.limit().toSeconds());
    }

    private static List<Row> rows(TestReport report) {
        return Inputs.judged(report).stream()
                .map(result -> RowFactory.create(
                        report.table(),
                        result.test(),
                        result.action().name().toLowerCase(Locale.ROOT),
                        result.rows(),
                        result.failed()))
                .toList();
    }

    /** What every look found, in the order of logical time. */
    List<Incidents.Observed> observed() {
        List<Incidents.Observed> observed = new ArrayList<>();
        latest().forEach((asOf, row) -> observed.add(
                new Incidents.Observed(asOf, StoredFindings.read(row.getList(row.fieldIndex("findings"))))));
        return observed;
    }

    private Map<Instant, Row> latest() {
        Map<Instant, Row> latest = new TreeMap<>();
        if (new VersionedTable(spark, path).exists()) {
            spark.read().format("delta").load(path).where(col("pipeline").equalTo(pipeline)).collectAsList().stream()
                    .sorted(Comparator.comparing(row -> row.<Timestamp>getAs("looked_at")))
                    .forEach(row -> latest.put(row.<Timestamp>getAs("as_of").toInstant(), row));
        }
        return latest;
    }
}
